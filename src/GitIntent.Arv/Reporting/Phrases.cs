using System.Globalization;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Reporting;

/// <summary>The words of the reports, the same in each.</summary>
internal static class Phrases
{
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "passed",
        Verdict.Failed => "failed",
        Verdict.Refused => "refused",
        Verdict.Skipped => "skipped",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };

    public static string Of(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Note => "note",
        Severity.Off => "off",
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, null),
    };

    public static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary><c>610 of 612 files</c>.</summary>
    private static string Part(int part, int whole, string noun) => part == whole
        ? Count(whole, noun)
        : string.Create(CultureInfo.InvariantCulture, $"{part} of {Count(whole, noun)}");

    /// <summary><c>2 errors, 1 warning</c>, or nothing.</summary>
    public static string Findings(IReadOnlyCollection<Finding> findings)
    {
        return string.Join(", ", new[]
        {
            Some(Open(Severity.Error), "error"), Some(Open(Severity.Warning), "warning"), Some(Open(Severity.Note), "note"),
            findings.Count(static f => f.Suppressed is not null) is var n and > 0 ? Number(n) + " suppressed" : null,
        }.Where(static part => part is not null));

        int Open(Severity severity) => findings.Count(f => f.Suppressed is null && f.Severity == severity);

        static string? Some(int count, string noun) => count > 0 ? Count(count, noun) : null;
    }

    /// <summary>What a run's gates and findings come to: <c>1 of 6 gates, 1 refused, 3 errors</c>.</summary>
    public static string Totals(RunReport report)
    {
        var gates = Summary.Of(report).Gates;
        var ofVerdict = report.Verdict switch
        {
            Verdict.Passed => gates.Passed,
            Verdict.Failed => gates.Failed,
            Verdict.Refused => gates.Refused,
            _ => gates.Skipped,
        };
        return string.Join(", ", new[]
        {
            ofVerdict == 0 || (report.Verdict == Verdict.Passed && ofVerdict == gates.Total) ? Count(gates.Total, "gate") : $"{Number(ofVerdict)} of {Count(gates.Total, "gate")}",
            report.Verdict != Verdict.Refused && gates.Refused > 0 ? Number(gates.Refused) + " refused" : "",
            report.Verdict != Verdict.Skipped && gates.Skipped > 0 ? Number(gates.Skipped) + " skipped" : "",
            Findings([.. report.Gates.SelectMany(static g => g.Findings)]),
        }.Where(static part => part.Length > 0));
    }

    /// <summary><c>610 of 612 files read; 2 left out: 1 binary, 1 link; 1 with invalid UTF-8</c>.</summary>
    public static string Looked(Evidence evidence)
    {
        var damaged = evidence.LeftOut.Count(static l => l.Reason == LeftOutReasons.InvalidUtf8);
        var leftOut = evidence.LeftOut.Length - damaged;
        var text = Part(evidence.Read, evidence.Matched, "file") + " read";
        if (leftOut > 0) text += $"; {Number(leftOut)} left out: {LeftOutByReason(evidence)}";
        if (damaged > 0) text += $"; {Number(damaged)} with invalid UTF-8";
        return text;
    }

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string LeftOutByReason(Evidence evidence) => string.Join(", ", evidence.LeftOut
        .Where(static l => l.Reason != LeftOutReasons.InvalidUtf8)
        .CountBy(static l => l.Reason)
        .OrderBy(static pair => pair.Key, StringComparer.Ordinal)
        .Select(static pair => $"{Number(pair.Value)} {pair.Key}"));
}
