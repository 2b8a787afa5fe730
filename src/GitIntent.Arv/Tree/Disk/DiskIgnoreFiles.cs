using GitIntent.Arv.Tree.Git;

namespace GitIntent.Arv.Tree.Disk;

/// <summary>Finds and reads <c>.gitignore</c>s; like git, none that is a link.</summary>
internal static class DiskIgnoreFiles
{
    private const string Name = ".gitignore";
    private const int Longest = 16 * 1024 * 1024;

    /// <summary>The rules for what lies in a folder. Where its ignore file cannot be read, nothing in it is left out: the error is on the safe side.</summary>
    public static IgnoreRules? Extend(ScanFolder folder, List<DiskEntry> entries, IDisk disk)
    {
        foreach (var entry in entries)
        {
            if (entry.Kind == DiskKind.File && entry.Name.SequenceEqual(Name))
                return Extend(folder.Rules, folder.Key, ReadSmall(disk, entry.Path));
        }
        return folder.Rules;
    }

    /// <summary>The rules that the folders above the root give, from the top of the repository down; and whether they leave out the root itself.</summary>
    /// <param name="prefix">The root's path from the top, with a slash at the end.</param>
    public static (IgnoreRules? Rules, bool LeftOut) AboveRoot(IDisk top, string prefix)
    {
        IgnoreRules? rules = null;
        for (var start = 0; start < prefix.Length;)
        {
            var folder = prefix[..start];
            if (top.Look(folder + Name) is { Kind: DiskKind.File })
                rules = Extend(rules, GitName.Key(folder), ReadSmall(top, folder + Name));
            var end = prefix.IndexOf('/', start);
            if (IgnoreRules.LeaveOut(rules, GitName.Key(prefix[..end]), folder: true))
                return (rules, true);
            start = end + 1;
        }
        return (rules, false);
    }

    public static byte[]? ReadSmall(IDisk disk, string path)
    {
        using var file = disk.Open(path).File;
        return file is null || file.Stamp().Length > Longest ? null : DiskReading.ReadWhole(file, CancellationToken.None).Bytes;
    }

    public static IgnoreRules? Extend(IgnoreRules? above, string key, byte[]? bytes) =>
        bytes is null ? null : new IgnoreRules(IgnoreFile.Parse(bytes), key.Length, above);
}
