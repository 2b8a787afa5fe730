using GitIntent.Arv.Model;

namespace GitIntent.Arv.Tree.Disk;

/// <summary>What is on disk, in the words of a source.</summary>
internal static class DiskEntries
{
    public static SourceEntry Of(DiskEntry entry, bool tracked, bool ignored, DiskLinks links)
    {
        var found = new SourceEntry(entry.Path, EntryType.File, tracked, ignored);
        return entry.Kind switch
        {
            DiskKind.File => found,
            DiskKind.Folder => found with { Type = EntryType.Folder },
            DiskKind.Link => Link(found, links),
            DiskKind.Other => found with { Type = EntryType.Obstacle, Reason = LeftOutReasons.NotAFile },
            _ => found with { Type = EntryType.Obstacle, Reason = LeftOutReasons.Unreadable, HidesFolder = true },
        };
    }

    /// <summary>A link that ends outside may hide a folder there; nothing outside is asked what it is. One that ends nowhere hides nothing.</summary>
    public static SourceEntry Link(SourceEntry entry, DiskLinks links)
    {
        var end = links.Resolve(entry.Path);
        return end.Reason is null
            ? entry with { Type = EntryType.Link, Target = end.Path }
            : entry with { Type = EntryType.Obstacle, Reason = end.Reason, HidesFolder = end.Reason is LeftOutReasons.LinkOutside or LeftOutReasons.Unreadable };
    }
}
