namespace GitIntent.Arv.Tree;

/// <summary>Gitignore patterns relative to the root, asked as a set: later patterns win, <c>!</c> takes back.</summary>
internal sealed partial class GlobSet
{
    private GlobSet(IReadOnlyList<string> patterns) => Patterns = patterns;

    /// <summary>The patterns as written.</summary>
    public IReadOnlyList<string> Patterns { get; }

    public bool IsEmpty => Patterns.Count == 0;

    public static GlobSet Parse(IReadOnlyList<string> patterns) => new(patterns);
}
