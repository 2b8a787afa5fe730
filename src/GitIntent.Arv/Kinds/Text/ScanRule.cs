using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Text;

/// <summary>A rule of one part of a scan: which files it looks at, and at how many it did.</summary>
/// <param name="looks">The index of its pattern in the scan's matcher.</param>
/// <param name="where">The index of its <c>where</c>, or -1.</param>
internal sealed class ScanRule(TextRule rule, PartScan part, CheckContext context, int looks, int where)
{
    private readonly GlobSet _include = GlobSet.Parse([.. rule.Include.Select(t => t.ExpandGlob(context.Bindings))]);
    private readonly GlobSet _exclude = GlobSet.Parse([.. rule.Exclude.Select(t => t.ExpandGlob(context.Bindings))]);
    private int _selected;
    private int _lookedAt;
    private int _found;

    public TextRule Rule => rule;

    public PartScan Part => part;

    public int Looks => looks;

    public int Where => where;

    /// <summary>One match decides a <c>require</c>.</summary>
    public bool FirstOnly => rule.Demand != TextDemand.Forbid;

    public bool HasFound => Volatile.Read(ref _found) != 0;

    public void MarkFound() => Volatile.Write(ref _found, 1);

    public bool Selects(string path)
    {
        if ((!_include.IsEmpty && !_include.Matches(path)) || (!_exclude.IsEmpty && _exclude.Matches(path)))
            return false;
        Interlocked.Increment(ref _selected);
        return true;
    }

    /// <summary>Whether the file is looked at whatever its bytes, because an include pattern names it by its extension.</summary>
    public bool Names(string path) => _include.Names(path) || context.Include.Names(path);

    public void CountLook() => Interlocked.Increment(ref _lookedAt);

    /// <summary>A rule that looked at nothing judged nothing, and says so; a check without any input is the runner's to refuse.</summary>
    public string? Refusal(int inputs)
    {
        if (_lookedAt > 0 || inputs == 0)
            return null;
        return _selected == 0
            ? $"{rule.Info.Id}: its patterns select none of the check's {inputs} {(inputs == 1 ? "input" : "inputs")}"
            : $"{rule.Info.Id}: all {_selected} files that it selects were left out as binary; name them by their extension in include";
    }
}
