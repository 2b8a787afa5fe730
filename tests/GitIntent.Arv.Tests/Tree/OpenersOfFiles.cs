using GitIntent.Arv.Model;
using GitIntent.Arv.Tests.Support;
using GitIntent.Arv.Tree;
using GitIntent.Arv.Tree.Disk;

namespace GitIntent.Arv.Tests.Tree;

/// <summary>The first files of a folder are opened from a folder above it, the rest from the folder itself.</summary>
public sealed class OpenersOfFiles
{
    [LinuxFact]
    public void Files_in_order_of_path_are_read_whatever_their_number_and_depth() => ReadAll(stepwise: false);

    [LinuxFact]
    public void So_are_they_where_the_kernel_opens_no_path_beneath_a_folder() => ReadAll(stepwise: true);

    [LinuxFact]
    public void No_file_is_reached_by_a_link_that_took_the_place_of_a_folder_or_of_it() => SwapLinks(stepwise: false);

    [LinuxFact]
    public void Nor_is_one_where_each_name_is_opened_by_itself() => SwapLinks(stepwise: true);

    private static void ReadAll(bool stepwise)
    {
        using var folder = new TempFolder();
        foreach (var (path, files) in new[] { ("", 5), ("a/", 1), ("a/b/c/", 7), ("a/b/d/", 2), ("a/b/d/e/f/", 3), ("a/b/e/", 4), ("a-b/", 3), ("z/y/x/w/", 6) })
        {
            for (var i = 0; i < files; i++)
                folder.Write($"{path}{i}.txt", $"{path}{i}");
        }
        using var opener = Source(folder, stepwise).NewOpener();
        var paths = ListedFiles.Open(folder.Path).Files.Select(static f => f.Path).ToList();

        paths.Count.ShouldBe(31);
        foreach (var path in paths.Concat(paths.AsEnumerable().Reverse()))
            Text(opener, path).ShouldBe(path[..^4]);
    }

    private static void SwapLinks(bool stepwise)
    {
        using var folder = new TempFolder();
        using var outside = new TempFolder();
        foreach (var i in Enumerable.Range(0, 6))
        {
            outside.Write($"{i}.txt", "secret");
            folder.Write($"a/b/{i}.txt").Write($"a/c/{i}.txt");
        }
        Directory.Delete(folder.At("a/b"), recursive: true);
        folder.Link("a/b", outside.Path);
        File.Delete(folder.At("a/c/0.txt"));
        File.Delete(folder.At("a/c/5.txt"));
        folder.Link("a/c/0.txt", outside.At("0.txt")).Link("a/c/5.txt", outside.At("5.txt"));
        using var opener = Source(folder, stepwise).NewOpener();

        foreach (var i in Enumerable.Range(0, 6))
            opener.Open($"a/b/{i}.txt", default).Reason.ShouldBe(stepwise ? LeftOutReasons.Vanished : LeftOutReasons.Changed);
        foreach (var i in Enumerable.Range(0, 6))
            opener.Open($"a/c/{i}.txt", default).Reason.ShouldBe(i is 0 or 5 ? LeftOutReasons.Changed : null);
    }

    private static DiskSource Source(TempFolder folder, bool stepwise) => DiskSource.Open(folder.Path, root => LinuxDisk.Create(root, stepwise)!);

    private static string Text(IFileOpener opener, string path)
    {
        var (bytes, reason) = opener.Open(path, default);
        reason.ShouldBeNull(path);
        var buffer = new byte[64];
        var read = bytes!.Read(buffer);
        bytes.Finish().ShouldBeNull();
        return System.Text.Encoding.UTF8.GetString(buffer, 0, read);
    }
}
