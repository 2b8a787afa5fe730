using System.Text.Json;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Reporting;

/// <summary>What came of the run as a whole: a gate that could not judge, and findings that found no room, are no silence.</summary>
internal static class SarifInvocation
{
    public static void Write(Utf8JsonWriter json, RunReport report, int findings, int written)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", report.Verdict != Verdict.Refused && report.Gates.All(static g => g.Verdict != Verdict.Refused));
        json.WriteNumber("exitCode", report.ExitCode);
        json.WriteStartArray("toolExecutionNotifications");
        if (written < findings)
            Notification(json, "warning", $"{Phrases.Number(written)} of {Phrases.Count(findings, "finding")} are in this file, the worst first: code scanning takes no more. The JSON report has all of them.");
        if (report.Reason is { } reason)
            Notification(json, report.Verdict == Verdict.Refused ? "error" : "note", $"The run was {Phrases.Of(report.Verdict)}: {reason}");
        foreach (var gate in report.Gates.Where(static g => g.Verdict == Verdict.Refused))
            Notification(json, "error", $"Gate {gate.Id} could not judge{(gate.Reason is null ? "" : ": " + gate.Reason)}");
        foreach (var notice in report.Notices)
            Notification(json, "note", notice);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Notification(Utf8JsonWriter json, string level, string text)
    {
        json.WriteStartObject();
        json.WriteString("level", level);
        SarifRules.Text(json, "message", SarifText.Lines(text));
        json.WriteEndObject();
    }
}
