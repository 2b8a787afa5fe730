using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GitIntent.Arv.Model;
using GitIntent.Arv.Scope;

namespace GitIntent.Arv.Policy;

/// <summary>
/// Takes secrets out of a report before anybody sees it, in whatever form: the one edge between what checks found and those who are told.
/// Fingerprints stay: they were made of what was found. So do the words of the configuration that others refer to: rules, kinds and gates' ids.
/// </summary>
internal sealed class Redaction(Redactor redactor)
{
    /// <summary>So many findings at a time: fewer are done before another thread has begun.</summary>
    private const int Share = 1024;

    private readonly RedactedJson _json = new(redactor);

    /// <summary>What is said of a run as a whole; its gates have been here before.</summary>
    public RunReport Of(RunReport report) => report with { Reason = Text(report.Reason), Notices = [.. report.Notices.Select(redactor.Redact)] };

    /// <summary>A gate whose checks and findings have been here before.</summary>
    public GateReport Of(GateReport gate) => gate with
    {
        Title = redactor.Redact(gate.Title),
        Reason = Text(gate.Reason),
        Evidence = Looked(gate.Evidence),
    };

    public CheckReport Of(CheckReport check) => check with
    {
        Id = redactor.Redact(check.Id), // an instance is named after a folder or a target
        Title = redactor.Redact(check.Title),
        Reason = Text(check.Reason),
        Evidence = Looked(check.Evidence),
        Details = _json.Of(check.Details),
    };

    public string Of(string text) => redactor.Redact(text);

    /// <summary>Of thousands, shared out: nothing else is done at the end of a run, and each has a digest to make.</summary>
    public ImmutableArray<Finding> Of(ImmutableArray<NumberedFinding> findings)
    {
        if (findings.IsEmpty)
            return [];
        var found = new Finding[findings.Length];
        Parallel.ForEach(Partitioner.Create(0, found.Length, Share), range =>
        {
            var texts = new RedactedTexts(redactor);
            for (var i = range.Item1; i < range.Item2; i++)
                found[i] = Of(findings[i], texts);
        });
        return ImmutableCollectionsMarshal.AsImmutableArray(found);
    }

    private Finding Of(NumberedFinding numbered, RedactedTexts texts) => numbered.Finding with
    {
        Check = texts.Of(numbered.Check)!,
        Message = texts.Of(numbered.Finding.Message)!,
        Remedy = texts.Of(numbered.Finding.Remedy),
        Path = texts.Of(numbered.Finding.Path),
        Fingerprint = Fingerprint.Of(numbered.Finding, numbered.Occurrence), // of what was found, not of what is shown
        Anchor = "", // the text of a line, which only the fingerprint needs
        Help = texts.Of(numbered.Finding.Help),
        Details = _json.Of(numbered.Finding.Details),
        Suppressed = numbered.Finding.Suppressed is { } by ? by with { By = redactor.Redact(by.By), Reason = redactor.Redact(by.Reason) } : null,
    };

    private Evidence Looked(Evidence evidence)
    {
        // Many checks share what was left out, and next to none of it has a secret for a name.
        if (!evidence.LeftOut.Any(l => redactor.Redact(l.Path) != l.Path))
            return evidence;
        return evidence with { LeftOut = [.. evidence.LeftOut.Select(l => l with { Path = redactor.Redact(l.Path) })] };
    }

    private string? Text(string? text) => text is null ? null : redactor.Redact(text);
}
