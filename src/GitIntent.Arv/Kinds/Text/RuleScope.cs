using System.Collections.Immutable;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Text;

/// <summary>The rules of a part that look at the same files. Mostly all of them: then one question about a path answers for sixty rules.</summary>
internal sealed class RuleScope(ImmutableArray<ScanRule> rules, GlobSet include, GlobSet exclude, GlobSet inputs)
{
    private int _selected;
    private int _lookedAt;

    public ImmutableArray<ScanRule> Rules => rules;

    public bool Selects(string path) =>
        (include.IsEmpty || include.Matches(path)) && (exclude.IsEmpty || !exclude.Matches(path));

    /// <summary>Whether the file is looked at whatever its bytes, because an include pattern names it by its extension.</summary>
    public bool Names(string path) => include.Names(path) || inputs.Names(path);

    /// <param name="binary">Whether it was left out for its bytes.</param>
    public void Count(bool binary)
    {
        Interlocked.Increment(ref _selected);
        if (!binary)
            Interlocked.Increment(ref _lookedAt);
    }

    /// <summary>Rules that looked at nothing judged nothing, and say so; a check without any input is the runner's to refuse.</summary>
    public string? Refusal(ScanRule rule, int inputCount)
    {
        if (_lookedAt > 0 || inputCount == 0)
            return null;
        return _selected == 0
            ? $"{rule.Rule.Info.Id}: its patterns select none of the check's {inputCount} {(inputCount == 1 ? "input" : "inputs")}"
            : $"{rule.Rule.Info.Id}: all {_selected} files that it selects were left out as binary; name them by their extension in include";
    }
}
