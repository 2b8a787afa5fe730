using System.Text;
using System.Text.Json;

namespace GitIntent.Arv.Bench;

/// <summary>The findings of each rule against ripgrep's matches of that rule alone: file, line and column of the start.</summary>
internal static class EqualFindings
{
    public static int Run(string arv, string tree)
    {
        var work = Directory.CreateTempSubdirectory("arv-equal-").FullName;
        try
        {
            var (ripgrep, rules) = (Peers.Ripgrep(work), RuleSets.SixtyAndDigits);
            var ours = Ours(arv, tree, RuleSets.Write(rules, work, "rules").Config, Path.Join(work, "report.json"));
            var (matches, different) = (0, 0);
            for (var i = 0; i < rules.Length; i++)
            {
                var theirs = Theirs(ripgrep, tree, rules[i]);
                var mine = ours.GetValueOrDefault($"RUL{i:000}", []);
                matches += mine.Count;
                foreach (var place in mine.Except(theirs).Select(static p => "only arv      " + p).Concat(theirs.Except(mine).Select(static p => "only ripgrep  " + p)))
                {
                    different++;
                    Console.Out.WriteLine($"{place}  {rules[i]}");
                }
            }
            Console.Out.WriteLine($"{rules.Length} rules, {matches} matches, {different} different");
            return different == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static Dictionary<string, HashSet<string>> Ours(string arv, string tree, string config, string report)
    {
        Measurement.Of(tree, [Path.GetFullPath(arv), "run-all", tree, "--config", config, "--no-wait", "--json", report], 0, 1);
        using var json = JsonDocument.Parse(File.ReadAllBytes(report));
        return json.RootElement.GetProperty("gates").EnumerateArray().SelectMany(static g => g.GetProperty("findings").EnumerateArray())
            .GroupBy(static f => f.GetProperty("rule").GetString()!)
            .ToDictionary(static g => g.Key, static g => g.Select(static f => $"{f.GetProperty("path")}:{f.GetProperty("line")}:{f.GetProperty("column")}").ToHashSet());
    }

    private static HashSet<string> Theirs(string ripgrep, string tree, string rule)
    {
        using var process = Measurement.Start(ripgrep, ["--json", "-U", "--crlf", "--no-unicode", "--no-config", "--no-require-git", "--hidden", "-e", rule, "."], tree, keep: true);
        var places = new HashSet<string>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("type").GetString() == "match")
                Add(json.RootElement.GetProperty("data"), places, tree);
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
