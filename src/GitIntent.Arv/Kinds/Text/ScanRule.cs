namespace GitIntent.Arv.Kinds.Text;

/// <summary>A rule of one part of a scan.</summary>
/// <param name="looks">The index of its pattern in the scan's matcher.</param>
/// <param name="where">The index of its <c>where</c>, or -1.</param>
internal sealed class ScanRule(TextRule rule, PartScan part, int looks, int where)
{
    /// <summary>
    /// More findings than this nobody reads, and they would not fit in memory: a rule that matches everywhere is refused. Not cut: how many there
    /// are is counted to the end, so that it does not depend on who came first.
    /// </summary>
    public const int MostFindings = 300_000;

    private int _found;
    private long _findings;

    public TextRule Rule => rule;

    public PartScan Part => part;

    public int Looks => looks;

    public int Where => where;

    /// <summary>One match decides a <c>require</c>.</summary>
    public bool FirstOnly => rule.Demand != TextDemand.Forbid;

    public bool HasFound => Volatile.Read(ref _found) != 0;

    public bool HasTooMany => Interlocked.Read(ref _findings) > MostFindings;

    public void CountFindings(int count) => Interlocked.Add(ref _findings, count);

    public void MarkFound() => Volatile.Write(ref _found, 1);
}
