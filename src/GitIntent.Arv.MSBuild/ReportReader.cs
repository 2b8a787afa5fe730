using System.Globalization;

namespace GitIntent.Arv.MSBuild;

/// <summary>Reads the lines of <c>--msbuild</c>: fields between tabs, in which tabs and line ends are spelled out, so no text of the repository can make one.</summary>
internal sealed class ReportReader
{
    private const string Version = "1";

    private readonly List<ReportedFinding> _findings = [];
    private readonly List<string> _messages = [];
    private readonly List<Unjudged> _unjudged = [];

    public bool HasBegun { get; private set; }

    /// <summary>Null until the last line was read.</summary>
    public ReportedRun? Run { get; private set; }

    /// <summary>A line that is none of ours; with one, nothing of the report counts.</summary>
    public string? Unknown { get; private set; }

    public IReadOnlyList<ReportedFinding> Findings => _findings;

    public IReadOnlyList<string> Messages => _messages;

    public IReadOnlyList<Unjudged> Unjudged => _unjudged;

    public void Read(string line)
    {
        var fields = line.Split('\t');
        var known = HasBegun && Run is null ? ReadBody(fields) : !HasBegun && fields.Length == 3 && fields[0] == "arv" && fields[1] == Version;
        HasBegun = true;
        if (!known)
            Unknown ??= line;
    }

    private bool ReadBody(string[] fields)
    {
        switch (fields[0], fields.Length)
        {
            case ("notice", 2):
                _messages.Add(fields[1]);
                return true;
            case ("gate", 4):
                if (fields[1] == "refused")
                    _unjudged.Add(new Unjudged(fields[2], fields[2], fields[1], fields[3]));
                return true;
            case ("check", 4):
                _unjudged.Add(new Unjudged(fields[2].Split('/')[0], fields[2], fields[1], fields[3]));
                return true;
            case ("finding", 10) when Number(fields[4]) is { } line && Number(fields[5]) is { } column:
                _findings.Add(new ReportedFinding(fields[1], fields[2], fields[3], line, column, fields[6], fields[7], fields[8], fields[9]));
                return true;
            case ("more", 2):
                _messages.Add("    " + fields[1]);
                return true;
            case ("output", 3):
                _messages.Add($"{fields[1]} | {fields[2]}");
                return true;
            case ("run", 5) when Number(fields[2]) is { } exitCode:
                Run = new ReportedRun(fields[1], exitCode, fields[3], fields[4]);
                return true;
            default:
                return false;
        }
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

internal sealed record ReportedFinding(string Severity, string Rule, string Path, int Line, int Column, string Check, string Help, string Remedy, string Message);

/// <summary>A gate, or a check of it, that did not judge.</summary>
internal sealed record Unjudged(string Gate, string What, string Verdict, string Reason);

internal sealed record ReportedRun(string Verdict, int ExitCode, string Reason, string Totals);
