using System.Collections.Immutable;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Kinds.Text;

internal sealed class TextCheck(ImmutableArray<TextRule> rules) : IScanCheck
{
    public ImmutableArray<RuleInfo> Rules { get; } = [.. rules.Select(static r => r.Info)];

    public bool NeedsInputs => true;

    /// <summary>The rules that judge; the others are only shown.</summary>
    public ImmutableArray<TextRule> ActiveRules { get; } = [.. rules.Where(static r => r.IsOn)];

    public IScan BeginScan(ImmutableArray<ScanPart> parts) => new TextScan(parts);

    public ValueTask<CheckOutcome> RunAsync(CheckContext context, CancellationToken stop)
    {
        var scan = BeginScan([new ScanPart(this, context)]);
        var worker = scan.NewWorker();
        using var opener = context.Workspace.NewOpener();
        var unread = new List<LeftOut>();
        foreach (var file in context.Inputs.Files)
        {
            stop.ThrowIfCancellationRequested();
            var (bytes, reason) = opener.Open(file.Place, stop);
            using (bytes)
                reason ??= worker.Visit(file, bytes!, [0], stop);
            if (reason is not null)
                unread.Add(new LeftOut(file.Path, reason));
        }
        return ValueTask.FromResult(WithUnread(scan.End(0), unread));
    }

    private static CheckOutcome WithUnread(CheckOutcome outcome, List<LeftOut> unread)
    {
        if (unread.Count == 0)
            return outcome;
        var leftOut = outcome.Evidence.LeftOut.Concat(unread).OrderBy(static l => l.Path, StringComparer.Ordinal);
        var reasons = unread.Select(static l => $"{l.Path}: {l.Reason}").Prepend(outcome.Refusal).OfType<string>();
        return outcome with { Evidence = outcome.Evidence with { LeftOut = [.. leftOut] }, Refusal = string.Join("; ", reasons) };
    }
}
