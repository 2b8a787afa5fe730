using System.Globalization;

namespace GitIntent.Arv.Bench;

/// <summary>The whole command, configuration, report and order included, against others: the same findings, or it fails; then paired, medians, as ratios.</summary>
internal static class ScanBench
{
    private const int Rounds = 5;

    public static int Run(string command, string? tree, string? script)
    {
        var work = Directory.CreateTempSubdirectory("arv-bench-").FullName;
        try
        {
            var (arv, ripgrep) = (Peers.Arv(command, work), Peers.Ripgrep(work));
            if (tree is null)
                Trees.Generate(tree = Path.Join(work, "tree"), 510, ignores: true);
            var (joined, small, code) = (Path.Join(work, "joined"), Path.Join(work, "small"), Path.Join(work, "code"));
            Trees.Join(tree, joined);
            Trees.Take(tree, small, 1500);
            Trees.Generate(code, 64, ignores: false);

            var equal = EqualFindings.Compare("tree", arv, ripgrep, tree, [.. RuleSets.ThreeHundred, RuleSets.SixtyAndDigits[^1]], work)
                & EqualFindings.Compare("files of 1 MB", arv, ripgrep, joined, RuleSets.Sixty, work)
                & EqualFindings.Compare("1,500 files", arv, ripgrep, small, RuleSets.Sixty, work);

            Console.Out.WriteLine($"\n{"arv against",-28} {"wall",6} {"at most",8} {"processor",10} {"memory",8}   arv / other");
            Compare("tree, 8 rules", tree, RuleSets.Eight, 0.65);
            var sixty = Compare("tree, 60 rules", tree, RuleSets.Sixty, 0.45);
            var digits = Compare("tree, 60 rules, [0-9]{16}", tree, RuleSets.SixtyAndDigits, null);
            Compare("tree, 300 rules", tree, RuleSets.ThreeHundred, 0.45);
            Compare("files of 1 MB, 60 rules", joined, RuleSets.Sixty, 0.4);
            Compare("1,500 files, 60 rules", small, RuleSets.Sixty, 0.7);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[0-9]{{16}} beside 60 rules: {digits / sixty:0.00} x (at most 1.3), of processor time"));

            equal &= Rivals.AstGrep(arv, code, work);
            if (script is null)
                Console.Out.WriteLine("the original's script: not named, so not compared");
            else
                equal &= Rivals.Original(arv, code, script, work);
            StartBench.Compare(arv, Peers.Hello(work));
            return equal ? 0 : 1;

            double Compare(string name, string folder, string[] rules, double? most)
            {
                var (patterns, config) = RuleSets.Write(rules, work, "rules");
                return Time(name, [arv, "run-all", folder, "--config", config, "--no-wait"], Peers.Command(ripgrep, patterns), folder, most);
            }
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    public static double Time(string name, string[] ours, string[] theirs, string tree, double? most)
    {
        Measurement.Of(tree, ours, 0, 1);
        Measurement.Of(tree, theirs, 0, 1);
        // One after the other, each round: what else the machine does hits both.
        var rounds = Enumerable.Range(0, Rounds).Select(_ => (Ours: Measurement.Of(tree, ours, 0, 1), Theirs: Measurement.Of(tree, theirs, 0, 1))).ToList();
        var (a, b) = (Measurement.Median(rounds.Select(static r => r.Ours)), Measurement.Median(rounds.Select(static r => r.Theirs)));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-28} {a.Wall / b.Wall,6:0.00} {most,8:0.00} {a.Processor / b.Processor,10:0.00} {a.Memory / b.Memory,8:0.00}   {a.Wall:0.000} / {b.Wall:0.000} s, {a.Processor:0.000} / {b.Processor:0.000} s, {a.Memory:0} / {b.Memory:0} MiB"));
        return a.Processor;
    }
}
