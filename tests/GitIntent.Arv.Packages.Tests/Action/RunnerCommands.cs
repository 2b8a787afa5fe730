using System.Text.RegularExpressions;

namespace GitIntent.Arv.Packages.Tests.Action;

/// <param name="Name">error, warning, notice, …</param>
internal sealed record RunnerCommand(string Name, string Properties, string Message);

/// <summary>What the runner reads of a step: commands in its log (actions/runner: src/Runner.Common/ActionCommand.cs), and files of names and values.</summary>
internal static partial class RunnerCommands
{
    /// <summary>In both forms: <c>::name properties::data</c> at the beginning of a line, and <c>##[name]</c> anywhere in it.</summary>
    public static IReadOnlyList<RunnerCommand> In(IEnumerable<string> log) =>
    [
        .. log.Select(static line => New().Match(line.TrimStart()) is { Success: true } command ? command : Old().Match(line)).Where(static m => m.Success)
            .Select(static m => new RunnerCommand(m.Groups["name"].Value, m.Groups["properties"].Value, Unescape(m.Groups["data"].Value))),
    ];

    /// <summary><c>name=value</c>, and <c>name&lt;&lt;WORD</c> with lines up to the word.</summary>
    public static Dictionary<string, string> Values(string file)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var lines = new Queue<string>(File.ReadAllText(file).Split('\n').Select(static l => l.TrimEnd('\r')));
        while (lines.TryDequeue(out var line))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var heredoc = line.IndexOf("<<", StringComparison.Ordinal);
            if (line.Length == 0) continue;

            if (equals >= 0 && (heredoc < 0 || equals < heredoc))
                values[line[..equals]] = line[(equals + 1)..];
            else if (heredoc >= 0)
                values[line[..heredoc]] = string.Join('\n', Until(line[(heredoc + 2)..], lines));
            else
                throw new InvalidDataException($"the runner does not take the line \"{line}\"");
        }

        return values;
    }

    private static List<string> Until(string word, Queue<string> lines)
    {
        var value = new List<string>();
        while (lines.Dequeue() is var line && line != word)
            value.Add(line);
        return value;
    }

    private static string Unescape(string data) =>
        data.Replace("%0D", "\r", StringComparison.Ordinal).Replace("%0A", "\n", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);

    [GeneratedRegex("^::(?<name>[a-z-]+)(?: (?<properties>[^:]*))?::(?<data>.*)$")]
    private static partial Regex New();

    [GeneratedRegex(@"##\[(?<name>[a-z-]+)(?: (?<properties>[^\]]*))?\](?<data>.*)$")]
    private static partial Regex Old();
}
