using System.Collections.Immutable;
using GitIntent.Arv.Model;
using static GitIntent.Arv.Reporting.EscapeTerminal;

namespace GitIntent.Arv.Reporting;

/// <summary>The report for people: a line per gate with its evidence, then what is wrong, then what it comes to.</summary>
internal sealed class ConsoleReporter(ConsoleOptions options) : IReporter
{
    private const int VerdictWidth = 7;

    public string Name => "console";

    public string Title => "text";

    public void Write(RunReport report, TextWriter output)
    {
        var lines = new ConsoleLines(output, options);
        var width = report.Gates.Select(static g => Text(g.Id).Length).DefaultIfEmpty().Max();
        for (var i = 0; i < report.Gates.Length;)
        {
            // Gates that nobody asked for say so together: they are not what the reader came for.
            var alike = report.Gates.Skip(i).TakeWhile(gate => IsSkippedAlike(gate, report.Gates[i])).Select(static gate => Text(gate.Id)).ToList();
            if (alike.Count > 1)
                lines.Line($"{lines.Word(Verdict.Skipped, VerdictWidth)}  {string.Join(", ", alike)}: {Text(report.Gates[i].Reason ?? "")}");
            else
                Gate(lines, report.Gates[i], width);
            i += Math.Max(1, alike.Count);
        }

        foreach (var gate in report.Gates.Where(static g => g.Findings.Any(static f => f.Suppressed is null)))
            Findings(lines, gate);
        foreach (var gate in report.Gates)
            Output(lines, gate);

        Ending(lines, report);
    }

    private static bool IsSkippedAlike(GateReport gate, GateReport first) =>
        gate.Verdict == Verdict.Skipped && first.Verdict == Verdict.Skipped && gate.Reason == first.Reason && gate.Evidence is { Matched: 0, LeftOut: [] } && gate.Findings.IsEmpty;

    private static void Gate(ConsoleLines lines, GateReport gate, int width)
    {
        var aside = Aside(gate);
        // Where the checks' reasons differ, the gate's is all of them in one line: each stands below, with its check.
        var (evidence, reason) = (Evidence(gate, aside.Count), IsOfItsChecks(gate) ? "" : Text(gate.Reason ?? ""));
        lines.Line($"{lines.Word(gate.Verdict, VerdictWidth)}  {lines.Strong(Text(gate.Id).PadRight(width))}  {lines.Quiet(evidence)}{(evidence.Length == 0 ? reason : "")}");
        if (evidence.Length > 0 && reason.Length > 0) lines.Line("    " + reason);

        var explained = gate.Checks
            .Where(c => (c.Verdict is Verdict.Refused or Verdict.Skipped || c is { Verdict: Verdict.Failed, Reason: not null }) && !aside.Contains(c.Id) && !(c.Verdict == gate.Verdict && c.Reason == gate.Reason))
            .GroupBy(static c => (c.Verdict, c.Reason));
        foreach (var group in explained)
        {
            var because = group.Key.Reason is { } text ? ": " + Text(text) : "";
            lines.Line($"    {Phrases.Of(group.Key.Verdict)} {string.Join(", ", group.Select(static c => Text(c.Id)))}{because}");
        }

        foreach (var leftOut in Unread(gate))
            lines.Line($"    {Text(leftOut.Path)}: {Text(leftOut.Reason)}");
    }

    /// <summary>
    /// What a store of the tool's own is not made for, as memory to outlive its process. It is counted: to name it in every run would be noise where all is well.
    /// What anybody else's subject does not offer is always named.
    /// </summary>
    private static HashSet<string> Aside(GateReport gate)
    {
        var ownStores = gate.Checks.Where(static c => c.Evidence.LeftOut.Any(static l => l.Reason == LeftOutReasons.OwnStore)).Select(Target).ToHashSet(StringComparer.Ordinal);
        return gate.Checks.Where(c => c.Verdict == Verdict.Skipped && ownStores.Contains(Target(c))).Select(static c => c.Id).ToHashSet(StringComparer.Ordinal);

        static string Target(CheckReport check) => check.Id.LastIndexOf('/') is > 0 and var slash ? check.Id[..slash] : check.Id;
    }

    private static bool IsOfItsChecks(GateReport gate)
    {
        var reasons = gate.Checks.Where(c => c.Verdict == gate.Verdict && c.Reason is not null).Select(static c => $"{c.Id}: {c.Reason}").ToList();
        return reasons.Count > 0 && gate.Reason is { } reason && reasons.TrueForAll(r => reason.Contains(r, StringComparison.Ordinal));
    }

    private static string Evidence(GateReport gate, int aside)
    {
        var judged = gate.Verdict is Verdict.Passed or Verdict.Failed;
        var looked = gate.Evidence is { Matched: 0, LeftOut: [] }
            ? judged ? Phrases.Count(gate.Checks.Length, "check") : ""
            : Text(Phrases.Looked(gate.Evidence));
        if (aside > 0) looked += $"; {Phrases.Count(aside, "check")} {(aside == 1 ? "does" : "do")} not apply";
        return judged && gate.Cached ? looked + " (cached)" : looked;
    }

    /// <summary>In a gate that could not judge, what it could not read, where no reason has named it yet.</summary>
    private static IEnumerable<LeftOut> Unread(GateReport gate)
    {
        if (gate.Verdict != Verdict.Refused && !gate.Checks.Any(static c => c.Verdict == Verdict.Refused)) return [];

        return gate.Evidence.LeftOut.Where(l => !LeftOutReasons.IsHarmless(l.Reason)
            && gate.Reason?.Contains(l.Path, StringComparison.Ordinal) != true
            && !gate.Checks.Any(c => c.Reason?.Contains(l.Path, StringComparison.Ordinal) == true));
    }

    private static void Findings(ConsoleLines lines, GateReport gate)
    {
        lines.Line();
        lines.Line($"{lines.Strong(Text(gate.Id))}: {Phrases.Findings(gate.Findings)}");
        Finding? last = null;
        foreach (var finding in gate.Findings.Where(static f => f.Suppressed is null))
        {
            if (last is not null && !SameAdvice(last, finding)) Advice(lines, last);
            var (message, more) = LongText.Split(finding.Message);
            var what = finding.Severity;
            if (finding.Path is { } path)
                lines.Place(Text(path), finding.Span, lines.Word(what), Text(finding.Rule), Text(message));
            else
                lines.Line($"{lines.Word(what)} {Text(finding.Rule)}: {Text(message)}");
            Quote(lines, more);
            Quote(lines, HistoryTable.Lines(finding));
            last = finding;
        }

        if (last is not null) Advice(lines, last);
    }

    private static void Output(ConsoleLines lines, GateReport gate)
    {
        foreach (var check in gate.Checks)
        {
            if (LongText.OutputTail(check) is not { IsEmpty: false } tail) continue;

            lines.Line();
            lines.Line($"{lines.Strong(Text($"{gate.Id}/{check.Id}"))}: the last lines of its output");
            Quote(lines, tail);
        }
    }

    /// <summary>Lines of somebody else's: the bar keeps them from looking like ours.</summary>
    private static void Quote(ConsoleLines lines, ImmutableArray<string> quoted)
    {
        foreach (var line in quoted)
            lines.Line(("    | " + Text(line)).TrimEnd());
    }

    /// <summary>Said once, after the last of neighbours that it concerns alike.</summary>
    private static bool SameAdvice(Finding one, Finding other) =>
        one.Rule == other.Rule && one.Remedy == other.Remedy && one.Help == other.Help;

    private static void Advice(ConsoleLines lines, Finding finding)
    {
        if (finding.Remedy is not null) lines.Line("    remedy: " + Text(finding.Remedy));
        if (finding.Help is not null) lines.Line("    help: " + Text(finding.Help));
    }

    private void Ending(ConsoleLines lines, RunReport report)
    {
        if (report.Gates.Length > 0) lines.Line();
        foreach (var notice in report.Notices)
            lines.Line("notice: " + Text(notice));

        var reason = report.Reason is null ? "" : Text(report.Reason) + "; ";
        lines.Line($"{lines.Word(report.Verdict)}: {reason}{Phrases.Totals(report)}");
        if (NextToExplain(report) is { Length: > 0 } id)
            lines.Line("next: dotnet arv explain " + Text(id));
    }

    private string? NextToExplain(RunReport report) => report.Verdict switch
    {
        Verdict.Failed => report.Gates.Where(static g => g.Verdict == Verdict.Failed).SelectMany(static g => g.Findings)
            .Where(static f => f.Suppressed is null).MaxBy(static f => f.Severity)?.Rule,
        Verdict.Refused when options.Configured => report.Gates.FirstOrDefault(static g => g.Verdict == Verdict.Refused)?.Id,
        _ => null,
    };
}
