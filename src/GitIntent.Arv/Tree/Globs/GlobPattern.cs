namespace GitIntent.Arv.Tree.Globs;

/// <summary>One gitignore pattern, ready to match paths relative to the folder that it speaks of.</summary>
/// <param name="Negated">It began with <c>!</c>.</param>
/// <param name="FolderOnly">It ended in <c>/</c>.</param>
/// <param name="Anchored">It has a slash elsewhere, so that it matches whole paths; otherwise it matches names at any depth.</param>
/// <param name="Error">Why it can never match.</param>
internal sealed record GlobPattern(bool Negated, bool FolderOnly, bool Anchored, GlobSegment[] Segments, string? Error)
{
    /// <summary>What git takes, and nobody can have meant.</summary>
    public string? Doubt { get; init; }

    /// <summary>The path or name that it stands for, when it has no wildcard.</summary>
    public string? Literal { get; } =
        Error is null && Segments.All(s => s.Kind == GlobSegmentKind.Literal) ? string.Join('/', Segments.Select(s => s.Text)) : null;

    private GlobSegment Last => Segments[^1];

    /// <summary>Whether it names how the file's name ends, rather than a folder or anything at all.</summary>
    public bool NamesEnding => !Negated && !FolderOnly && Error is null && Last.Kind != GlobSegmentKind.AnyFolders && Last.NamesEnding;

    /// <summary>Whether it matches this very path.</summary>
    public bool Matches(ReadOnlySpan<char> path, bool folder)
    {
        if (Error is not null || (FolderOnly && !folder))
            return false;
        return Anchored ? Walk(path, parents: false) : Last.Matches(path[(path.LastIndexOf('/') + 1)..]);
    }

    /// <summary>Whether it matches this folder or one above it.</summary>
    public bool MatchesFolderOrParent(ReadOnlySpan<char> folder)
    {
        if (Error is not null || folder.IsEmpty)
            return false;
        if (Anchored)
            return Walk(folder, parents: true);
        foreach (var name in folder.Split('/'))
        {
            if (Last.Matches(folder[name]))
                return true;
        }
        return false;
    }

    /// <summary>Whether it could match some path below this folder, which neither it nor a folder above it matches.</summary>
    public bool CouldMatchBelow(ReadOnlySpan<char> folder)
    {
        if (Error is not null)
            return false;
        if (!Anchored || folder.IsEmpty)
            return true;
        var segment = 0;
        foreach (var name in folder.Split('/'))
        {
            if (segment == Segments.Length)
                return false;
            if (Segments[segment].Kind == GlobSegmentKind.AnyFolders)
                return true;
            if (!Segments[segment++].Matches(folder[name]))
                return false;
        }
        return segment < Segments.Length;
    }

    /// <summary>
    /// Matches segment by segment; only the last <c>**</c> is ever tried again, so at most path × pattern steps.
    /// </summary>
    /// <param name="parents">Whether matching a folder above is enough.</param>
    private bool Walk(ReadOnlySpan<char> path, bool parents)
    {
        int segment = 0, at = 0, retrySegment = -1, retryAt = 0;
        while (at <= path.Length)
        {
            if (parents && segment == Segments.Length)
                return true;
            if (segment < Segments.Length && Segments[segment].Kind == GlobSegmentKind.AnyFolders)
            {
                if (segment == Segments.Length - 1)
                    return true;
                retrySegment = ++segment;
                retryAt = at;
            }
            else if (segment < Segments.Length && Segments[segment].Matches(path[at..EndOfName(path, at)]))
            {
                segment++;
                at = EndOfName(path, at) + 1;
            }
            else if (retrySegment >= 0)
            {
                segment = retrySegment;
                at = retryAt = EndOfName(path, retryAt) + 1;
            }
            else
            {
                return false;
            }
        }
        return segment == Segments.Length;
    }

    private static int EndOfName(ReadOnlySpan<char> path, int at)
    {
        var length = path[at..].IndexOf('/');
        return length < 0 ? path.Length : at + length;
    }
}
