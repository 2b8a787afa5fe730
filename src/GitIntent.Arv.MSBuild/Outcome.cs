using System.Text.RegularExpressions;
using GitIntent.Arv.Model;
using Microsoft.Build.Framework;

namespace GitIntent.Arv.MSBuild;

/// <summary>From what the tool said, and how it ended, to what the build says. Where the two do not fit together, that is an error.</summary>
internal sealed class Outcome(string root, bool noExec, string treatRefusedAs, string timeLimit)
{
    private const string LeftOutByNoExec = "left out by --no-exec";

    private readonly List<(string Text, MessageImportance Importance)> _messages = [];

    public IReadOnlyList<(string Text, MessageImportance Importance)> Messages => _messages;

    public IReadOnlyList<Finding> Of(ReportReader report, int exitCode, IReadOnlyList<string> errors)
    {
        if (report.Run is not { } run || report.Unknown is not null)
            return WithoutReport(report, exitCode, errors);
        _messages.AddRange(report.Messages.Select(static text => (text, MessageImportance.High)));
        var findings = report.Findings.Where(static f => f.Severity != "note").Select(Finding).ToList();
        _messages.AddRange(report.Findings.Where(static f => f.Severity == "note").Select(f => ($"{f.Path}({f.Line},{f.Column}): note {f.Rule}: {Text(f)}", MessageImportance.Normal)));
        Judge(report, run, findings);
        if (exitCode != run.ExitCode)
            findings.Add(Place.Of(root).Error(exitCode < 0 ? ExitCodes.Crash : exitCode, $"arv reported {run.Verdict} and then ended with exit code {exitCode}. {Joined(errors)}"));
        else if (exitCode is not (ExitCodes.Ready or ExitCodes.Refused) && !findings.Any(static f => f.IsError))
            findings.Add(Place.Of(root).Error(exitCode, $"arv reported {run.Verdict} without a finding. {run.Reason}"));
        return findings;
    }

    private void Judge(ReportReader report, ReportedRun run, List<Finding> findings)
    {
        var refused = report.Unjudged.Where(static u => u.Verdict == "refused").ToList();
        foreach (var gate in refused.GroupBy(static u => u.Gate))
        {
            var checks = gate.Where(u => u.What != gate.Key).ToList();
            var reasons = checks.Count == 0 ? gate.Select(static u => u.Reason) : checks.Select(static u => $"{u.What}: {u.Reason}");
            Refuse($"Gate {gate.Key} could not judge: {string.Join("; ", reasons)}");
        }
        if (run.Verdict == "refused" && refused.Count == 0)
        {
            if (noExec && report.Unjudged.Any(static u => u.Reason == LeftOutByNoExec))
                _messages.Add(("arv: nothing to judge in an ordinary build: only commands are left out. dotnet build -t:Arv runs them.", MessageImportance.High));
            else
                Refuse($"The run could not judge: {run.Reason}");
        }
        if (run.Verdict == "skipped")
            _messages.Add(($"arv stands aside: {run.Reason}", MessageImportance.High));
        _messages.Add(($"arv: {run.Verdict}: {run.Totals}", MessageImportance.Normal));

        void Refuse(string message) => findings.Add(Place.Of(root).Say(ExitCodes.Refused, message, treatRefusedAs != WarningPolicy.Warning));
    }

    private Finding Finding(ReportedFinding finding)
    {
        var file = finding.Path.Length == 0 ? Place.Of(root).File : Path.Combine(root, finding.Path.Replace('/', Path.DirectorySeparatorChar));
        var isError = finding.Severity != "warning";
        return new Finding(finding.Rule, isError, isError, file, finding.Line, finding.Column, IsAddress(finding.Help) ? finding.Help : null, Text(finding));
    }

    /// <summary>What is wrong, what to do, where it says more, in one line.</summary>
    private static string Text(ReportedFinding finding)
    {
        var text = Sentence(finding.Message);
        if (finding.Remedy.Length > 0)
            text += " " + Sentence(finding.Remedy);
        if (finding.Help.Length > 0 && !IsAddress(finding.Help))
            text += $" See {finding.Help}.";
        return $"{text} ({finding.Check})";
    }

    private static string Sentence(string text) => text.Length > 0 && char.IsLetterOrDigit(text[text.Length - 1]) ? text + "." : text;

    private static bool IsAddress(string help) => help.StartsWith("https://", StringComparison.Ordinal) || help.StartsWith("http://", StringComparison.Ordinal);

    private List<Finding> WithoutReport(ReportReader report, int exitCode, IReadOnlyList<string> errors)
    {
        var place = Place.Of(root);
        if (exitCode == HowItEnded.TimedOut)
            return [place.Error(ExitCodes.Crash, $"arv did not end within {timeLimit}, and was ended. The property ArvTimeout is the limit.")];
        if (exitCode == HowItEnded.NoRuntime)
            return [place.Error(ExitCodes.Machine, "arv needs the runtime of .NET 10 or later on this system: install it, or the .NET 10 SDK.")];
        if (exitCode == HowItEnded.NotStarted)
            return [place.Error(ExitCodes.Machine, Joined(errors))];
        var mistakes = report.HasBegun ? [] : errors.Select(Mistake).OfType<Finding>().ToList();
        if (mistakes.Count > 0)
            return mistakes;
        var known = exitCode is >= ExitCodes.Usage and < 50;
        return [place.Error(known ? exitCode : ExitCodes.Crash, known ? Joined(errors) : $"arv ended with exit code {exitCode} and without a whole report. {report.Unknown} {Joined(errors)}".TrimEnd())];

        // As the command prints mistakes of a configuration: arv.yml:3:5: error: what is wrong
        Finding? Mistake(string line) => Regex.Match(line, "^(.+?):([0-9]{1,9}):([0-9]{1,9}): error: (.*)$", RegexOptions.CultureInvariant) is { Success: true } match
            ? new Place(Path.Combine(root, match.Groups[1].Value), Number(match.Groups[2]), Number(match.Groups[3])).Error(exitCode, match.Groups[4].Value)
            : null;
    }

    private static int Number(Group group) => int.Parse(group.Value, System.Globalization.CultureInfo.InvariantCulture);

    private static string Joined(IEnumerable<string> errors) => string.Join(" ", errors.Select(static e => e.StartsWith("error: ", StringComparison.Ordinal) ? e.Substring(7) : e));
}
