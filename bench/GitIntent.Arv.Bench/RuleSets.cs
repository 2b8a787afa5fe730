using System.Globalization;
using System.Text;

namespace GitIntent.Arv.Bench;

/// <summary>Rules as ripgrep and arv both read them.</summary>
internal static class RuleSets
{
    private static readonly string[] Verbs = ["Get", "Set", "Create", "Delete", "Update", "Load", "Save", "Open", "Close", "Parse", "Read", "Write", "Send", "Fetch", "Build", "Make", "Find", "Add", "Remove", "Check"];
    private static readonly string[] Nouns = ["Token", "Secret", "Cache", "Session", "Handle", "Buffer", "Config", "Client", "Server", "Stream", "Record", "Window", "Thread", "Socket", "Cookie", "Header", "Legacy", "Bridge", "Signal", "Ticket"];

    public static string[] Eight => Read("eight");

    public static string[] Sixty => Read("sixty");

    /// <summary>Sixty, and one for which there is nothing to look for but digits.</summary>
    public static string[] SixtyAndDigits => [.. Sixty, "[0-9]{16}"];

    public static string[] ThreeHundred => [.. Sixty, .. Enumerable.Range(0, 240).Select(Made)];

    /// <summary>Writes them for both.</summary>
    /// <returns>ripgrep's file, and arv's.</returns>
    public static (string Patterns, string Config) Write(string[] rules, string folder, string name)
    {
        var patterns = Path.Join(folder, name + ".txt");
        File.WriteAllLines(patterns, rules);
        var yaml = new StringBuilder("version: 1\ngates:\n  bench:\n    checks:\n      rules:\n        text:\n");
        for (var i = 0; i < rules.Length; i++)
            yaml.Append(CultureInfo.InvariantCulture, $"          RUL{i:000}: {{ forbid: {{ regex: '{rules[i].Replace("'", "''", StringComparison.Ordinal)}' }} }}\n");
        var config = Path.Join(folder, name + ".yml");
        File.WriteAllText(config, yaml.ToString());
        return (patterns, config);
    }

    internal static string[] Read(string name) => [.. File.ReadAllLines(Path.Join(AppContext.BaseDirectory, "rules", name + ".txt")).Where(static l => l.Length > 0)];

    private static string Made(int i)
    {
        var (verb, noun) = (Verbs[i % 20], Nouns[((i / 20) + i) % 20]);
        return (i % 6) switch
        {
            0 => $@"{verb}{noun}\s*\(",
            1 => $@"\b{verb.ToLowerInvariant()}_{noun.ToLowerInvariant()}\b",
            2 => $"{noun}{verb}(?:Async|Sync)",
            3 => $"(?i){verb}{noun}Deprecated",
            4 => $@"legacy\.{verb.ToLowerInvariant()}{noun}\(",
            _ => $"{noun.ToUpperInvariant()}_{verb.ToUpperInvariant()}_[0-9]+",
        };
    }
}
