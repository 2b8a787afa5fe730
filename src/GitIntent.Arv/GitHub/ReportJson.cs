using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.GitHub;

/// <summary>From the JSON report, already held to its schema, back to the report. Of what was left out it names the first few, as the JSON does.</summary>
internal static class ReportJson
{
    public static RunReport Read(JsonElement root) => new()
    {
        ToolVersion = root.GetProperty("tool").Text("version")!,
        RunId = root.Text("runId")!,
        StartedAt = DateTimeOffset.Parse(root.Text("startedAt")!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        Duration = Duration(root),
        Repository = new RepositoryState(root.GetProperty("repository").Text("commit"), Dirty(root.GetProperty("repository").GetProperty("dirty"))),
        Plan = root.Text("plan")!,
        Verdict = VerdictOf(root),
        ExitCode = root.Number("exitCode"),
        Reason = root.Text("reason"),
        Gates = [.. root.GetProperty("gates").EnumerateArray().Select(Gate)],
    };

    private static GateReport Gate(JsonElement gate) => new()
    {
        Id = gate.Text("id")!,
        Title = gate.Text("title")!,
        Verdict = VerdictOf(gate),
        Reason = gate.Text("reason"),
        Duration = Duration(gate),
        Cached = gate.GetProperty("cached").GetBoolean(),
        Evidence = Looked(gate.GetProperty("evidence")),
        Checks = [.. gate.GetProperty("checks").EnumerateArray().Select(Check)],
        Findings = [.. gate.GetProperty("findings").EnumerateArray().Select(Found)],
    };

    private static CheckReport Check(JsonElement check) => new()
    {
        Id = check.Text("id")!,
        Title = check.Text("title")!,
        Kind = check.Text("kind")!,
        Verdict = VerdictOf(check),
        Reason = check.Text("reason"),
        Duration = Duration(check),
        Cached = check.GetProperty("cached").GetBoolean(),
        Evidence = Looked(check.GetProperty("evidence")),
        Details = Details(check),
    };

    private static Finding Found(JsonElement finding) => new()
    {
        Check = finding.Text("check")!,
        Rule = finding.Text("rule")!,
        Severity = finding.Text("severity") switch
        {
            "error" => Severity.Error,
            "warning" => Severity.Warning,
            _ => Severity.Note,
        },
        Message = finding.Text("message")!,
        Remedy = finding.Text("remedy"),
        Path = finding.Text("path") is { } path ? Inside(path) : null,
        Span = new TextSpan(finding.Number("line"), finding.Number("column"), finding.Number("endLine"), finding.Number("endColumn")),
        Fingerprint = finding.Text("fingerprint")!,
        Help = finding.Text("help"),
        Details = Details(finding),
        Suppressed = finding.GetProperty("suppressed") is { ValueKind: JsonValueKind.Object } by ? new Suppression(by.Text("by")!, by.Text("reason")!, by.Text("until")) : null,
    };

    /// <summary>Whoever wrote the report may have written any path.</summary>
    private static string Inside(string path) =>
        path.Length > 0 && !path.StartsWith('/') && !path.Split('/').Any(static part => part is ".." or ".")
            ? path
            : throw new FormatException($"\"{path}\" is no path in a repository");

    private static Evidence Looked(JsonElement evidence) => new([], evidence.Number("read"), LeftOut(evidence.GetProperty("leftOut").GetProperty("first")))
    {
        Matched = evidence.Number("matched"),
    };

    private static ImmutableArray<LeftOut> LeftOut(JsonElement first) => [.. first.EnumerateArray().Select(static l => new LeftOut(l.Text("path")!, l.Text("reason")!))];

    private static Verdict VerdictOf(JsonElement element) => element.Text("verdict") switch
    {
        "passed" => Verdict.Passed,
        "failed" => Verdict.Failed,
        "skipped" => Verdict.Skipped,
        _ => Verdict.Refused,
    };

    private static JsonElement? Details(JsonElement element) => element.GetProperty("details") is { ValueKind: not JsonValueKind.Null } details ? details.Clone() : null;

    private static bool? Dirty(JsonElement dirty) => dirty.ValueKind == JsonValueKind.Null ? null : dirty.GetBoolean();

    private static TimeSpan Duration(JsonElement element) => TimeSpan.FromMilliseconds(Math.Min(element.GetProperty("durationMs").GetDouble(), int.MaxValue));

    private static string? Text(this JsonElement element, string member) => element.GetProperty(member).GetString();

    private static int Number(this JsonElement element, string member) => (int)Math.Clamp(element.GetProperty(member).GetDouble(), int.MinValue, int.MaxValue);
}
