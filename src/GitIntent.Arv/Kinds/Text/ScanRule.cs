namespace GitIntent.Arv.Kinds.Text;

/// <summary>A rule of one part of a scan.</summary>
/// <param name="looks">The index of its pattern in the scan's matcher.</param>
/// <param name="where">The index of its <c>where</c>, or -1.</param>
internal sealed class ScanRule(TextRule rule, PartScan part, int looks, int where)
{
    private int _found;

    public TextRule Rule => rule;

    public PartScan Part => part;

    public int Looks => looks;

    public int Where => where;

    /// <summary>One match decides a <c>require</c>.</summary>
    public bool FirstOnly => rule.Demand != TextDemand.Forbid;

    public bool HasFound => Volatile.Read(ref _found) != 0;

    public void MarkFound() => Volatile.Write(ref _found, 1);
}
