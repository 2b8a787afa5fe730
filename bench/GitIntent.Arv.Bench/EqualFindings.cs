using System.Text;
using System.Text.Json;

namespace GitIntent.Arv.Bench;

/// <summary>The findings of each rule against ripgrep's matches of that rule alone: file, line and column of the start.</summary>
internal static class EqualFindings
{
    /// <summary>For the arguments of one command; Linux takes two million bytes.</summary>
    private const int MostArguments = 1_000_000;

    public static int Run(string arv, string tree)
    {
        var work = Directory.CreateTempSubdirectory("arv-equal-").FullName;
        try
        {
            return Compare("tree", arv, Peers.Ripgrep(work), tree, RuleSets.SixtyAndDigits, work) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <returns>Whether they are equal. Each difference is printed.</returns>
    public static bool Compare(string name, string arv, string ripgrep, string tree, string[] rules, string work)
    {
        var (patterns, config) = RuleSets.Write(rules, work, "equal");
        var ours = Findings(arv, tree, ["run-all", tree, "--config", config], Path.Join(work, "report.json"));
        var files = Candidates(ripgrep, tree, patterns);
        var (matches, different) = (0, 0);
        for (var i = 0; i < rules.Length; i++)
        {
            var theirs = Theirs(ripgrep, tree, rules[i], files);
            var mine = ours[$"RUL{i:000}"].ToHashSet();
            matches += mine.Count;
            foreach (var place in mine.Except(theirs).Select(static p => "only arv      " + p).Concat(theirs.Except(mine).Select(static p => "only ripgrep  " + p)))
            {
                different++;
                Console.Out.WriteLine($"{place}  {rules[i]}");
            }
        }
        Console.Out.WriteLine($"{name}: {rules.Length} rules, {matches} matches, {different} different from ripgrep's");
        return different == 0;
    }

    /// <summary>The places of the findings of each rule, as <c>path:line:column</c>.</summary>
    public static ILookup<string, string> Findings(string arv, string tree, string[] arguments, string report)
    {
        Measurement.Of(tree, [arv, .. arguments, "--no-wait", "--json", report], 0, 1);
        using var json = JsonDocument.Parse(File.ReadAllBytes(report));
        return json.RootElement.GetProperty("gates").EnumerateArray().SelectMany(static g => g.GetProperty("findings").EnumerateArray())
            .Select(static f => (Rule: f.GetProperty("rule").GetString()!, Place: $"{f.GetProperty("path")}:{f.GetProperty("line")}:{f.GetProperty("column")}"))
            .ToLookup(static f => f.Rule, static f => f.Place);
    }

    /// <summary>The files in which any rule matches, in parts that fit on a command line: the rules one by one need not read the others.</summary>
    private static List<string[]> Candidates(string ripgrep, string tree, string patterns)
    {
        using var process = Measurement.Start(ripgrep, [.. Peers.AcrossLines, "-l", "--sort", "path", "-f", patterns, "."], tree, keep: true);
        var (parts, part, length) = (new List<string[]>(), new List<string>(), 0);
        while (process.StandardOutput.ReadLine() is { } path)
        {
            part.Add(path);
            if ((length += path.Length + 1) < MostArguments)
                continue;
            parts.Add([.. part]);
            part.Clear();
            length = 0;
        }
        return part.Count == 0 ? parts : [.. parts, [.. part]];
    }

    private static HashSet<string> Theirs(string ripgrep, string tree, string rule, List<string[]> parts)
    {
        var places = new HashSet<string>();
        foreach (var files in parts)
        {
            using var process = Measurement.Start(ripgrep, [.. Peers.AcrossLines, "--json", "-e", rule, .. files], tree, keep: true);
            while (process.StandardOutput.ReadLine() is { } line)
            {
                using var json = JsonDocument.Parse(line);
                if (json.RootElement.GetProperty("type").GetString() == "match")
                    Add(json.RootElement.GetProperty("data"), places, tree);
            }
        }
        return places;
    }

    private static void Add(JsonElement match, HashSet<string> places, string tree)
    {
        // What is no UTF-8 is given as base64; a file with a NUL is binary to arv, and to ripgrep only from there on.
        if (!match.GetProperty("path").TryGetProperty("text", out var path) || !match.GetProperty("lines").TryGetProperty("text", out var lines))
            return;
        var name = path.GetString()![2..];
        if (File.ReadAllBytes(Path.Join(tree, name)).AsSpan().Contains((byte)0))
            return;
        var bytes = Encoding.UTF8.GetBytes(lines.GetString()!);
        foreach (var part in match.GetProperty("submatches").EnumerateArray())
        {
            var before = Encoding.UTF8.GetString(bytes.AsSpan(0, part.GetProperty("start").GetInt32()));
            var line = match.GetProperty("line_number").GetInt32() + before.Count(static c => c == '\n');
            places.Add($"{name}:{line}:{before.Length - before.LastIndexOf('\n')}");
        }
    }
}
