using System.Globalization;

namespace GitIntent.Arv.Bench;

/// <summary>The whole command, configuration, report and order included, against ripgrep: paired, medians, as ratios.</summary>
internal static class ScanBench
{
    private const int Rounds = 5;

    public static int Run(string arv, string? tree)
    {
        var work = Directory.CreateTempSubdirectory("arv-bench-").FullName;
        try
        {
            var ripgrep = Peers.Ripgrep(work);
            if (tree is null)
                Trees.Generate(tree = Path.Join(work, "tree"));
            var (joined, small) = (Path.Join(work, "joined"), Path.Join(work, "small"));
            Trees.Join(tree, joined);
            Trees.Take(tree, small, 1500);
            Console.Out.WriteLine($"{"",-28} {"wall",6} {"at most",8} {"processor",10} {"memory",8}   arv / ripgrep");
            Compare("tree, 8 rules", tree, RuleSets.Eight, 0.65);
            var sixty = Compare("tree, 60 rules", tree, RuleSets.Sixty, 0.45);
            var digits = Compare("tree, 60 rules, [0-9]{16}", tree, RuleSets.SixtyAndDigits, null);
            Compare("tree, 300 rules", tree, RuleSets.ThreeHundred, 0.45);
            Compare("files of 1 MB, 60 rules", joined, RuleSets.Sixty, 0.4);
            Compare("1,500 files, 60 rules", small, RuleSets.Sixty, 0.7);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[0-9]{{16}} beside 60 rules: {digits / sixty:0.00} x (at most 1.3), of processor time"));
            return 0;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        double Compare(string name, string folder, string[] rules, double? most) => ScanBench.Compare(name, arv, Peers.Ripgrep(work), folder, RuleSets.Write(rules, work, "rules"), most);
    }

    private static double Compare(string name, string arv, string ripgrep, string tree, (string Patterns, string Config) rules, double? most)
    {
        string[] ours = [Path.GetFullPath(arv), "run-all", tree, "--config", rules.Config, "--no-wait"];
        var theirs = Peers.Command(ripgrep, rules.Patterns);
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
