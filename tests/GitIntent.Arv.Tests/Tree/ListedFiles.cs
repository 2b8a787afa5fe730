using GitIntent.Arv.Model;
using GitIntent.Arv.Tests.Support;
using GitIntent.Arv.Tree;
using GitIntent.Arv.Tree.Disk;

namespace GitIntent.Arv.Tests.Tree;

/// <summary>What a tree has, by us and by git.</summary>
internal static class ListedFiles
{
    public static Workspace Open(string root, bool portable = false) => Workspace.Open(DiskSource.Open(root, portable: portable), default);

    public static string[] ByUs(string root, bool portable = false) => [.. Open(root, portable).Files.Select(f => f.Path)];

    /// <summary>The oracle: tracked and untracked files, less those deleted, links, and other repositories.</summary>
    public static string[] ByGit(string root)
    {
        var repositories = Split(Git.In(root, "ls-files", "-z", "-s")).Where(line => line.StartsWith("160000", StringComparison.Ordinal)).Select(line => line.Split('\t')[1]);
        return [.. Split(Git.In(root, "ls-files", "-z", "-co", "--exclude-per-directory=.gitignore"))
            .Where(path => !path.EndsWith('/'))
            .Except(repositories)
            .Where(path => new FileInfo(Path.Combine(root, path)) is { Exists: true, LinkTarget: null } && !ThroughLink(root, path))
            .Distinct()
            .Order(StringComparer.Ordinal)];
    }

    public static Selection Select(this Workspace workspace, string[] include, string[]? exclude = null, bool ignored = false) =>
        workspace.Select(new FileQuery(GlobSet.Parse(include), GlobSet.Parse(exclude ?? []), ignored), default);

    public static string[] Paths(this Selection selection) => [.. selection.Files.Select(f => f.Path)];

    public static LeftOut[] Blocks(params (string Path, string Reason)[] blocked) => [.. blocked.Select(b => new LeftOut(b.Path, b.Reason))];

    private static bool ThroughLink(string root, string path)
    {
        for (var folder = Path.GetDirectoryName(path); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            if (new DirectoryInfo(Path.Combine(root, folder)).LinkTarget is not null)
                return true;
        }
        return false;
    }

    private static string[] Split(string output) => output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
