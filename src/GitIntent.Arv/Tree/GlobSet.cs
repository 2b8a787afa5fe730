using System.Text;
using GitIntent.Arv.Tree.Globs;

namespace GitIntent.Arv.Tree;

/// <summary>
/// Gitignore patterns relative to the root, asked as a set: later patterns win, <c>!</c> takes back.
/// The last pattern that matches a path or a folder above it decides; unlike in a <c>.gitignore</c>, so can one
/// below a matched folder be taken back. Case counts on every system.
/// </summary>
internal sealed class GlobSet : IEquatable<GlobSet>
{
    private readonly GlobPattern[] _globs;

    private GlobSet(IReadOnlyList<string> patterns, GlobPattern[] globs)
    {
        Patterns = patterns;
        _globs = globs;
        LiteralPaths = [.. globs.Where(g => !g.Negated && !g.FolderOnly).Select(g => g.Literal).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The patterns as written.</summary>
    public IReadOnlyList<string> Patterns { get; }

    /// <summary>What the patterns without wildcards (and not ending in <c>/</c>) name, as paths from the root.</summary>
    public IReadOnlyList<string> LiteralPaths { get; }

    public bool IsEmpty => Patterns.Count == 0;

    /// <exception cref="ArgumentException">A pattern that <see cref="Check"/> finds wrong.</exception>
    public static GlobSet Parse(IReadOnlyList<string> patterns)
    {
        foreach (var pattern in patterns)
        {
            if (Check(pattern) is { } wrong)
                throw new ArgumentException($"The pattern '{pattern}' cannot be used: {wrong}.", nameof(patterns));
        }
        return new GlobSet([.. patterns], [.. patterns.Select(p => GlobParser.Parse(GlobParser.TrimEnd(p)))]);
    }

    /// <summary>What is wrong with a pattern, as the end of a sentence; null when nothing is.</summary>
    public static string? Check(string pattern)
    {
        if (pattern.StartsWith('#'))
            return "'#' begins a comment in a gitignore pattern; write '\\#' for the character";
        if (pattern.Contains('\0', StringComparison.Ordinal))
            return "no path has a NUL character";
        var glob = GlobParser.Parse(GlobParser.TrimEnd(pattern));
        if ((glob.Error ?? glob.Doubt) is { } wrong)
            return wrong;
        foreach (var segment in glob.Segments)
        {
            if (segment.Kind == GlobSegmentKind.Literal && segment.Text is "" or "." or "..")
                return segment.Text.Length == 0 ? "it has two slashes in a row" : $"no path has the segment '{segment.Text}'; patterns are relative to the root";
        }
        return null;
    }

    /// <summary>A pattern that means just this text.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var special = text[i] is '*' or '?' or '[' or '\\' || (i == 0 && text[i] is '!' or '#') || (i == text.Length - 1 && text[i] == ' ');
            if (special)
                escaped.Append('\\');
            escaped.Append(text[i]);
        }
        return escaped.ToString();
    }

    /// <summary>Whether the set has this file.</summary>
    public bool Matches(string path)
    {
        var slash = path.LastIndexOf('/');
        return Matches(path, LastMatchOfFolder(slash < 0 ? "" : path.AsSpan(0, slash)));
    }

    /// <summary>As <see cref="Matches(string)"/>, when it is known which pattern decides about the file's folder.</summary>
    public bool Matches(string path, int lastMatchOfFolder)
    {
        for (var i = _globs.Length - 1; i > lastMatchOfFolder; i--)
        {
            if (_globs[i].Matches(path, folder: false))
                return !_globs[i].Negated;
        }
        return lastMatchOfFolder >= 0 && !_globs[lastMatchOfFolder].Negated;
    }

    /// <summary>The last pattern that matches this folder or one above; -1 when none does.</summary>
    public int LastMatchOfFolder(ReadOnlySpan<char> folder)
    {
        var last = _globs.Length - 1;
        while (last >= 0 && !_globs[last].MatchesFolderOrParent(folder))
            last--;
        return last;
    }

    /// <summary>Whether the set could have a path below this folder; true when unsure.</summary>
    public bool CouldMatchBelow(string folder)
    {
        for (var i = _globs.Length - 1; i >= 0; i--)
        {
            if (_globs[i].MatchesFolderOrParent(folder))
                return !_globs[i].Negated;
            if (!_globs[i].Negated && _globs[i].CouldMatchBelow(folder))
                return true;
        }
        return false;
    }

    /// <summary>Whether the set has every path below this folder; false when unsure.</summary>
    public bool MatchesAllBelow(string folder)
    {
        for (var i = _globs.Length - 1; i >= 0; i--)
        {
            if (_globs[i].MatchesFolderOrParent(folder))
                return !_globs[i].Negated;
            if (_globs[i].Negated && _globs[i].CouldMatchBelow(folder))
                return false;
        }
        return false;
    }

    /// <summary>
    /// Whether a pattern names this file by its extension or its name (<c>*.ts</c>, <c>src/**/*.cs</c>, <c>a/b.bin</c>), not only
    /// by its folder or as one of all: such a file may not be left out as binary.
    /// </summary>
    public bool Names(string path)
    {
        foreach (var glob in _globs)
        {
            if (glob.NamesEnding && glob.Matches(path, folder: false))
                return true;
        }
        return false;
    }

    public bool Equals(GlobSet? other) => other is not null && Patterns.SequenceEqual(other.Patterns, StringComparer.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as GlobSet);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var pattern in Patterns)
            hash.Add(pattern, StringComparer.Ordinal);
        return hash.ToHashCode();
    }
}
