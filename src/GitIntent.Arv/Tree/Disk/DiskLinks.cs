using GitIntent.Arv.Model;

namespace GitIntent.Arv.Tree.Disk;

/// <summary>Where links end, worked out name by name, so that nothing outside the root is ever opened.</summary>
internal sealed class DiskLinks(IDisk disk, string root)
{
    private const int MostLinks = 40; // as the kernel

    /// <param name="Path">Where it ends, inside the root.</param>
    /// <param name="Entry">What is there.</param>
    /// <param name="Reason">Why it ends nowhere that can be looked at.</param>
    internal readonly record struct End(string Path, DiskEntry Entry, string? Reason);

    /// <summary>Follows every link on the way to this path and at its end.</summary>
    public End Resolve(string path)
    {
        var rest = new Stack<string>(path.Split('/').Reverse());
        var done = new List<string>();
        var entry = new DiskEntry("", DiskKind.Folder);
        for (var links = 0; rest.TryPop(out var name);)
        {
            if (name is "" or ".")
                continue;
            if (name == "..")
            {
                if (done.Count == 0)
                    return Nowhere(LeftOutReasons.LinkOutside);
                done.RemoveAt(done.Count - 1);
                entry = new DiskEntry("", DiskKind.Folder);
                continue;
            }
            if (name.Equals(".git", StringComparison.OrdinalIgnoreCase))
                return Nowhere(LeftOutReasons.LinkOutside);
            if (entry.Kind != DiskKind.Folder)
                return Nowhere(LeftOutReasons.DanglingLink);

            done.Add(name);
            var here = string.Join('/', done);
            if (disk.Look(here) is not { } found)
                return Nowhere(LeftOutReasons.DanglingLink);
            if (found.Kind == DiskKind.Unreadable)
                return Nowhere(LeftOutReasons.Unreadable);
            entry = found;
            if (found.Kind != DiskKind.Link)
                continue;

            if (++links > MostLinks)
                return Nowhere(LeftOutReasons.DanglingLink);
            if (disk.ReadLink(here) is not { } target)
                return Nowhere(LeftOutReasons.Unreadable);
            done.RemoveAt(done.Count - 1);
            if (Path.IsPathRooted(target))
            {
                if (InRoot(target) is not { } inside)
                    return Nowhere(LeftOutReasons.LinkOutside);
                done.Clear();
                target = inside;
            }
            foreach (var part in target.Split('/').Reverse())
                rest.Push(part);
            entry = new DiskEntry("", DiskKind.Folder);
        }
        return entry.Kind == DiskKind.Other
            ? Nowhere(LeftOutReasons.NotAFile)
            : new End(string.Join('/', done), entry, null);
    }

    private static End Nowhere(string reason) => new("", default, reason);

    private string? InRoot(string target)
    {
        var path = target.TrimEnd('/');
        var start = root.Replace(Path.DirectorySeparatorChar, '/').TrimEnd('/');
        if (path == start)
            return "";
        return path.StartsWith(start + "/", StringComparison.Ordinal) ? path[(start.Length + 1)..] : null;
    }
}
