using System.Text;
using GitIntent.Arv.Tree.Globs;

namespace GitIntent.Arv.Tree.Git;

/// <summary>
/// The patterns of one <c>.gitignore</c>. Git matches bytes; so paths come here as <see cref="GitName.Key"/>s, and patterns are read as Latin-1.
/// Patterns are kept by what they demand (a name, a path, a last character), because asking each of them for each
/// file made enumeration a quarter slower.
/// </summary>
internal sealed class IgnoreFile
{
    private readonly List<GlobPattern> _patterns = [];
    private readonly Dictionary<string, List<int>> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _paths = new(StringComparer.Ordinal);
    private readonly Dictionary<char, List<int>> _suffixes = [];
    private readonly List<int> _others = [];
    private readonly Dictionary<string, List<int>>.AlternateLookup<ReadOnlySpan<char>> _byName;
    private readonly Dictionary<string, List<int>>.AlternateLookup<ReadOnlySpan<char>> _byPath;

    private IgnoreFile()
    {
        _byName = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        _byPath = _paths.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public static IgnoreFile Parse(ReadOnlySpan<byte> bytes)
    {
        var file = new IgnoreFile();
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[3..];
        foreach (var range in bytes.Split((byte)'\n'))
        {
            var line = bytes[range];
            if (line.EndsWith("\r"u8))
                line = line[..^1];
            // Git's lines are C strings: a NUL ends them.
            if (line.IndexOf((byte)0) is >= 0 and var nul)
                line = line[..nul];
            if (!line.IsEmpty && line[0] != '#')
                file.Add(GlobParser.Parse(GlobParser.TrimEnd(Encoding.Latin1.GetString(line))));
        }
        return file;
    }

    /// <summary>True: left out. False: taken back. Null: this file says nothing.</summary>
    /// <param name="path">Relative to the folder of the file.</param>
    public bool? Decide(ReadOnlySpan<char> path, ReadOnlySpan<char> name, bool folder)
    {
        var last = -1;
        if (_names.Count > 0 && _byName.TryGetValue(name, out var names))
            Latest(names, path, folder, ref last);
        if (_paths.Count > 0 && _byPath.TryGetValue(path, out var paths))
            Latest(paths, path, folder, ref last);
        if (_suffixes.Count > 0 && _suffixes.TryGetValue(name[^1], out var suffixes))
            Latest(suffixes, path, folder, ref last);
        Latest(_others, path, folder, ref last);
        return last < 0 ? null : !_patterns[last].Negated;
    }

    private void Latest(List<int> indices, ReadOnlySpan<char> path, bool folder, ref int last)
    {
        for (var i = indices.Count - 1; i >= 0 && indices[i] > last; i--)
        {
            if (_patterns[indices[i]].Matches(path, folder))
                last = indices[i];
        }
    }

    private void Add(GlobPattern pattern)
    {
        if (pattern.Error is not null)
            return;
        var index = _patterns.Count;
        _patterns.Add(pattern);
        if (pattern.Literal is { } literal)
            ListOf(pattern.Anchored ? _paths : _names, literal).Add(index);
        else if (!pattern.Anchored && pattern.Segments[0].Kind == GlobSegmentKind.Suffix)
            ListOf(_suffixes, pattern.Segments[0].Text[^1]).Add(index);
        else
            _others.Add(index);
    }

    private static List<int> ListOf<TKey>(Dictionary<TKey, List<int>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
            lists.Add(key, list = []);
        return list;
    }
}
