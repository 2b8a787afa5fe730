using GitIntent.Arv.Tests.Support;
using GitIntent.Arv.Tree.Disk;
using GitIntent.Arv.Tree.Git;

namespace GitIntent.Arv.Tests.Tree;

/// <summary>Git is the oracle of which files there are.</summary>
public sealed class GitOracleTests
{
    private static readonly string[] Names = ["a", "b", "ab", "a.c", "b.c", "x y", "é", "[a]", "!b", "#c", "a b ", "dist", "A"];

    private static readonly string[] Pieces =
    [
        "a", "b", "ab", "*", "**", "?", "[ab]", "[!a]", "[^b]", "[[:alpha:]]", "[a-b]", ".c", "*.c", "dist", "é", "?", "??", "x y", @"\a", @"\*", @"\[a]",
        "***", "[", "[]]", "[z-a]", "a*", "*b", "a*b", "[a/b]", "[\\]", "A", "[é]",
    ];

    [GitTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_ignore_files_leave_out_what_git_leaves_out(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 10; i++)
        {
            using var folder = new TempFolder();
            for (var file = 0; file < 60; file++)
                WriteUnlessTaken(folder, string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Names[random.Next(Names.Length)])));
            var folders = Directory.GetDirectories(folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Prepend(folder.Path).ToArray();
            for (var file = 0; file < 4; file++)
                File.WriteAllText(Path.Combine(folders[file == 0 ? 0 : random.Next(folders.Length)], ".gitignore"), IgnoreLines(random));
            Git.In(folder.Path, "init", "-q");
            if (i % 2 == 0)
                Git.In(folder.Path, "add", ".");

            var expected = ListedFiles.ByGit(folder.Path);
            var because = $"seed {seed}, tree {i}: {Ignores(folder.Path)}";
            ListedFiles.ByUs(folder.Path).ShouldBe(expected, because);
            ListedFiles.ByUs(folder.Path, portable: true).ShouldBe(expected, because);
            ShouldAgreeOnIgnored(folder.Path, because);
        }
    }

    [GitFact]
    public void Single_patterns_match_as_in_git()
    {
        using var folder = new TempFolder();
        Git.In(folder.Path, "init", "-q");
        var random = new Random(4);
        var paths = Names.SelectMany(a => Names.Select(b => $"{a}/{b}")).Concat(Names).Concat(Names.Select(n => $"a/b/ab/{n}")).ToArray();
        var (left, kept) = (0, 0);
        for (var i = 0; i < 300; i++)
        {
            var lines = IgnoreLines(random);
            folder.Write(".gitignore", lines);
            var ignored = Git.With(string.Join('\0', paths) + "\0", folder.Path, "check-ignore", "--no-index", "-z", "--stdin").Split('\0', StringSplitOptions.RemoveEmptyEntries);
            var rules = new IgnoreRules(IgnoreFile.Parse(System.Text.Encoding.UTF8.GetBytes(lines)), 0, null);
            paths.Where(p => IsLeftOut(rules, p)).Order(StringComparer.Ordinal).ShouldBe(ignored.Order(StringComparer.Ordinal), $"case {i}: {lines}");
            left += ignored.Length;
            kept += paths.Length - ignored.Length;
        }
        // Or the comparison would be of nothing.
        left.ShouldBeGreaterThan(5_000);
        kept.ShouldBeGreaterThan(5_000);
    }

    [EnvironmentFact("ARV_REAL_REPOSITORIES")]
    public void Real_repositories_have_the_files_that_git_says()
    {
        foreach (var root in Environment.GetEnvironmentVariable("ARV_REAL_REPOSITORIES")!.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            var expected = ListedFiles.ByGit(root);
            expected.Length.ShouldBeGreaterThan(0, root);
            ListedFiles.ByUs(root).ShouldBe(expected, root);
            ListedFiles.ByUs(root, portable: true).ShouldBe(expected, root);
            DiskSource.Open(root).Repository!.HeadCommit().ShouldBe(Git.In(root, "rev-parse", "HEAD").Trim());
            ShouldAgreeOnIgnored(root, root);
        }
    }

    private static void ShouldAgreeOnIgnored(string root, string because)
    {
        var all = Git.In(root, "ls-files", "-z", "-o", "-i", "--exclude-per-directory=.gitignore").Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Where(p => !p.EndsWith('/') && new FileInfo(Path.Combine(root, p)).LinkTarget is null).Order(StringComparer.Ordinal);
        var ours = ListedFiles.Open(root).Select([], ignored: true).Files;
        ours.Where(f => f.Ignored && f.ReadFrom is null).Select(f => f.Path).ShouldBe(all, because);
    }

    private static bool IsLeftOut(IgnoreRules rules, string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (IgnoreRules.LeaveOut(rules, GitName.Key(path[..slash]), folder: true))
                return true;
        }
        return IgnoreRules.LeaveOut(rules, GitName.Key(path), folder: false);
    }

    private static string IgnoreLines(Random random)
    {
        string[] ends = ["\n", "\n", "\n", "\r\n", " \n", "\\ \n"];
        return string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ =>
            (random.Next(4) == 0 ? "!" : "")
            + (random.Next(4) == 0 ? "/" : "")
            + string.Join(random.Next(3) == 0 ? "" : "/", Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pieces[random.Next(Pieces.Length)]))
            + (random.Next(3) == 0 ? "/" : "")
            + ends[random.Next(ends.Length)]));
    }

    private static void WriteUnlessTaken(TempFolder folder, string path)
    {
        try
        {
            folder.Write(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder has the name already, or a file that of a folder.
        }
    }

    private static string Ignores(string root) =>
        string.Join("; ", Directory.GetFiles(root, ".gitignore", SearchOption.AllDirectories).Select(f => f[root.Length..] + " = " + File.ReadAllText(f)));
}
