namespace GitIntent.Arv.Tree;

/// <summary>Where a path ends when every link on the way is followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 40; // as Linux

    /// <returns>Null where links go in a circle.</returns>
    public static string? Of(string path)
    {
        var links = 0;
        var full = Path.GetFullPath(path);
        var done = Path.GetPathRoot(full)!;
        var left = new Stack<string>(full[done.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse());
        while (left.TryPop(out var segment))
        {
            var next = Path.Combine(done, segment);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                done = next;
                continue;
            }
            if (++links > MostLinks)
                return null;
            var to = Path.GetFullPath(target, done);
            done = Path.GetPathRoot(to)!;
            foreach (var part in to[done.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse())
                left.Push(part);
        }
        return done;
    }

    public static bool IsInside(string root, string path) =>
        string.Equals(root, path, StringComparison.Ordinal)
        || path.StartsWith(root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
