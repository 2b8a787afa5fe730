using System.Collections.Immutable;

namespace GitIntent.Arv.Model;

/// <summary>What a check looked at: what its patterns matched, what it read, what was left out and why.</summary>
/// <param name="Paths">The paths that it matched, in ordinal order; shared, not copied, where many checks match the same.</param>
/// <param name="Read">How many of them were really looked at.</param>
/// <param name="LeftOut">What was not, each with its reason, in path order.</param>
internal sealed record Evidence(ImmutableArray<string> Paths, int Read, ImmutableArray<LeftOut> LeftOut)
{
    public static readonly Evidence None = new([], 0, []);

    private readonly int? _matched;

    /// <summary>How many paths it matched; said only where the paths themselves are not known, as in a report that was read.</summary>
    public int Matched
    {
        get => _matched ?? Paths.Length;
        init => _matched = value;
    }

    /// <summary>The paths that were looked at: what was matched less what was left out, if only in part.</summary>
    public IEnumerable<string> ReadPaths
    {
        get
        {
            var skipped = LeftOut.Where(static l => l.Reason != LeftOutReasons.InvalidUtf8).Select(static l => l.Path).ToHashSet(StringComparer.Ordinal);
            return Read == 0 ? [] : Paths.Where(path => !skipped.Contains(path));
        }
    }
}

/// <summary>A path that was not looked at, or not wholly, and why. <paramref name="Reason"/> is one of a few fixed words (see <see cref="LeftOutReasons"/>).</summary>
internal readonly record struct LeftOut(string Path, string Reason);

/// <summary>The words of the report for what is left out. Those of the second group refuse the check.</summary>
internal static class LeftOutReasons
{
    public const string Binary = "binary";
    public const string Config = "configuration of the gates";
    public const string Deleted = "deleted";
    public const string Link = "link";
    public const string NestedRepository = "repository of its own";
    /// <summary>Read, with replacement characters: named, though nothing was left out.</summary>
    public const string InvalidUtf8 = "invalid UTF-8";

    /// <summary>A store of the tool's own: a check of it has a verdict, and has judged nothing of the repository.</summary>
    public const string OwnStore = "store of the tool's own, nothing of the repository";

    public const string DanglingLink = "dangling link";
    public const string LinkOutside = "link out of the repository";
    public const string Unreadable = "unreadable";
    public const string Vanished = "vanished";
    public const string Changed = "changed while it was read";
    public const string TooLarge = "too large";
    public const string NotAFile = "not a regular file";
    public const string BadName = "name is not valid UTF-8";
    public const string SparseCheckout = "absent by sparse checkout";

    /// <summary>Whether a check can judge without it: the first group.</summary>
    public static bool IsHarmless(string reason) => reason is Binary or Config or Deleted or Link or NestedRepository or InvalidUtf8 or OwnStore;
}
