using GitIntent.Arv.Companion.Judging;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Kinds.Reliability;

/// <summary>Makes the findings of one target or subject; wherever it was judged, they look the same.</summary>
/// <param name="subject">What reports call it.</param>
internal sealed class ReliabilityFindings(string subject, int seed)
{
    public Finding Of(BrokenPromise broken, string check, FindingSettings settings) =>
        Make(settings, ReliabilityCodes.Broken, $"{subject} breaks the promise {broken.Name}. {broken.Sentence} {broken.What}", $"{check} {broken.Name}") with
        {
            Details = HistoryDetails.Write(broken, seed),
            Help = settings.Help ?? $"docs/promises.md#{broken.Name}",
        };

    /// <summary>It ended the process, did not end in time, or could not be made.</summary>
    public Finding Ended(string what, string check, FindingSettings settings) => Make(settings, ReliabilityCodes.Ended, $"{subject} {what}", check);

    /// <summary>It left something running.</summary>
    public Finding Left(string what, FindingSettings settings) => Make(settings, ReliabilityCodes.Left, $"{subject} {what}", what) with { Severity = Severity.Note };

    private Finding Make(FindingSettings settings, RuleInfo code, string message, string anchor) => new FindingMaker(settings).Make(code.Id, message, code.Remedy!, null) with
    {
        Anchor = $"{subject} {anchor}",
        Help = settings.Help ?? code.Help,
    };
}
