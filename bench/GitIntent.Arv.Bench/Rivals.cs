using System.Text.Json;

namespace GitIntent.Arv.Bench;

/// <summary>What our users would use instead, with rules that both can say, in a tree in which both must find the same.</summary>
internal static class Rivals
{
    /// <summary>Calls, as a pattern of syntax and as text. What is generated has them nowhere else.</summary>
    private static readonly (string Syntax, string Text)[] Calls =
        [("eval($$$)", @"\beval\s*\("), ("document.write($$$)", @"document\.write\s*\("), ("execSync($$$)", @"\bexecSync\s*\("), ("process.exit($$$)", @"process\.exit\s*\("), ("console.debug($$$)", @"console\.debug\("), ("setInterval($$$)", @"\bsetInterval\(")];

    public static bool AstGrep(string arv, string tree, string work)
    {
        var rules = Path.Join(work, "ast-grep.yml");
        File.WriteAllText(rules, string.Join("---\n", Calls.Select(static (call, i) => $"id: RUL{i:000}\nlanguage: TypeScript\nseverity: warning\nrule: {{ pattern: {call.Syntax} }}\n")));
        var config = RuleSets.Write([.. Calls.Select(static c => c.Text)], work, "calls").Config;
        string[] theirs = [Peers.AstGrep(work), "scan", "--rule", rules, "--no-ignore", "hidden", "--json=stream", "."];
        var found = Lines(theirs, tree).Select(Place).ToLookup(static f => f.Rule, static f => f.Place);
        return Compare("ast-grep, 6 rules", arv, ["run-all", tree, "--config", config], found, theirs, tree, work);

        static (string Rule, string Place) Place(string line)
        {
            using var json = JsonDocument.Parse(line);
            var start = json.RootElement.GetProperty("range").GetProperty("start");
            return (json.RootElement.GetProperty("ruleId").GetString()!, $"{json.RootElement.GetProperty("file")}:{start.GetProperty("line").GetInt32() + 1}:{start.GetProperty("column").GetInt32() + 1}");
        }
    }

    /// <summary>The script of the platform that the preset <c>gwi</c> is for, which is not ours to publish: a line <c>path:line</c> for each match, in the folder that it is started in.</summary>
    public static bool Original(string arv, string tree, string script, string work)
    {
        var config = Path.Join(work, "gwi.yml");
        File.WriteAllText(config, "version: 1\nextends: [gwi]\n");
        string[] theirs = ["node", Peers.Tsx(work), Path.GetFullPath(script)];
        var found = Lines(theirs, tree).Where(static l => l.StartsWith("  ", StringComparison.Ordinal) && l.Contains(".ts:", StringComparison.Ordinal) && !l.StartsWith("   ", StringComparison.Ordinal))
            .ToLookup(static _ => "any", static l => l.Trim());
        return Compare("the original's script", arv, ["run", "forbidden-patterns", "--root", tree, "--config", config], found, theirs, tree, work);
    }

    private static bool Compare(string name, string arv, string[] arguments, ILookup<string, string> theirs, string[] command, string tree, string work)
    {
        var mine = EqualFindings.Findings(arv, tree, arguments, Path.Join(work, "report.json"));
        var (ours, others) = theirs.Contains("any")
            // The script names neither rule nor column.
            ? (mine.SelectMany(static r => r).Select(static p => p[..p.LastIndexOf(':')]), theirs.SelectMany(static r => r))
            : (mine.SelectMany(static r => r.Select(p => $"{r.Key} {p}")), theirs.SelectMany(static r => r.Select(p => $"{r.Key} {p}")));
        var (a, b) = (ours.Order(StringComparer.Ordinal).ToList(), others.Order(StringComparer.Ordinal).ToList());
        foreach (var place in a.Except(b).Select(static p => "only arv    " + p).Concat(b.Except(a).Select(static p => "only theirs " + p)).Take(20))
            Console.Out.WriteLine(place);
        ScanBench.Time(name, [arv, .. arguments, "--no-wait"], command, tree, null);
        Console.Out.WriteLine($"{name}: {a.Count} findings of arv, {b.Count} of the other");
        return a.Count > 0 && a.SequenceEqual(b);
    }

    private static List<string> Lines(string[] command, string tree)
    {
        using var process = Measurement.Start(command[0], command[1..], tree, keep: true);
        var lines = new List<string>();
        while (process.StandardOutput.ReadLine() is { } line)
            lines.Add(line);
        return lines;
    }
}
