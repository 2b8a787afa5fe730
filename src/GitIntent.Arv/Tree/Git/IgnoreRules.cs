namespace GitIntent.Arv.Tree.Git;

/// <summary>The ignore files that speak about a folder: its own, and those above it.</summary>
/// <param name="Above">Those of the folders above; null at the top.</param>
/// <param name="Start">Where, in a key relative to the top, the part begins that is relative to the file's folder.</param>
internal sealed record IgnoreRules(IgnoreFile File, int Start, IgnoreRules? Above)
{
    /// <summary>Whether the rules leave this out. It is asked only of what lies in a folder that is not left out itself.</summary>
    /// <param name="key">The <see cref="GitName.Key"/>, relative to the top of the repository.</param>
    public static bool LeaveOut(IgnoreRules? rules, ReadOnlySpan<char> key, bool folder)
    {
        var name = key[(key.LastIndexOf('/') + 1)..];
        for (; rules is not null; rules = rules.Above)
        {
            if (rules.File.Decide(key[rules.Start..], name, folder) is { } decision)
                return decision;
        }
        return false;
    }
}
