using GitIntent.Arv.Model;
using GitIntent.Arv.Tests.Support;
using GitIntent.Arv.Tree;
using GitIntent.Arv.Tree.Disk;
using GitIntent.Arv.Tree.Git;

namespace GitIntent.Arv.Tests.Tree;

public sealed class GitRepositoryTests
{
    [GitTheory]
    [InlineData("2", "sha1")]
    [InlineData("3", "sha1")]
    [InlineData("4", "sha1")]
    [InlineData("2", "sha256")]
    [InlineData("4", "sha256")]
    public void An_index_of_any_version_is_read(string version, string hash)
    {
        using var folder = Repository("--object-format=" + hash);
        Git.In(folder.Path, "update-index", "--index-version", version);
        folder.Write("planned.txt");
        Git.In(folder.Path, "add", "-N", "planned.txt");
        ShouldAgree(folder.Path);
        ListedFiles.Open(folder.Path).Look("planned.txt").File!.Tracked.ShouldBeTrue();
        GitRepository.Discover(folder.Path)!.HeadCommit().ShouldBe(Git.In(folder.Path, "rev-parse", "HEAD").Trim());
    }

    [GitFact]
    public void A_split_index_is_read()
    {
        using var folder = Repository();
        for (var i = 0; i < 200; i++)
            folder.Write($"many/{i}.txt");
        Git.In(folder.Path, "add", "-A");
        Git.In(folder.Path, "-c", "core.splitIndex=true", "-c", "splitIndex.maxPercentChange=100", "update-index", "--split-index");
        Git.In(folder.Path, "-c", "splitIndex.maxPercentChange=100", "rm", "-q", "--cached", "many/7.txt", "many/130.txt");
        folder.Write("many/9.txt", "other").Write("new.txt");
        Git.In(folder.Path, "-c", "splitIndex.maxPercentChange=100", "add", "many/9.txt", "new.txt");
        Directory.GetFiles(folder.At(".git"), "sharedindex.*").ShouldNotBeEmpty();
        ShouldAgree(folder.Path);
        ListedFiles.Open(folder.Path).Look("many/7.txt").File!.Tracked.ShouldBeFalse();
    }

    [GitFact]
    public void A_worktree_a_detached_head_and_packed_refs_are_read()
    {
        using var folder = Repository();
        using var other = new TempFolder();
        Git.In(folder.Path, "worktree", "add", "-q", "-b", "side", other.At("tree"));
        Git.In(folder.Path, "pack-refs", "--all");
        var head = Git.In(folder.Path, "rev-parse", "HEAD").Trim();
        GitRepository.Discover(other.At("tree"))!.HeadCommit().ShouldBe(head);
        ShouldAgree(other.At("tree"));
        Git.In(folder.Path, "checkout", "-q", "--detach");
        GitRepository.Discover(folder.Path)!.HeadCommit().ShouldBe(head);
    }

    [GitFact]
    public void A_repository_without_a_commit_has_no_head()
    {
        using var folder = new TempFolder();
        Git.In(folder.Path, "init", "-q");
        GitRepository.Discover(folder.Path)!.HeadCommit().ShouldBeNull();
        GitRepository.Discover(folder.Write("d/x").At("d"))!.Top.ShouldBe(folder.Path);
    }

    [GitFact]
    public void A_tracked_file_counts_even_if_ignored()
    {
        using var folder = new TempFolder();
        folder.Write("agents/a.ts").Write("agents/deep/b.ts").Write("dist/x.js");
        Git.Commit(folder.Path);
        folder.Write(".gitignore", "agents/\ndist/\n").Write("agents/new.ts");
        ShouldAgree(folder.Path);
        var workspace = ListedFiles.Open(folder.Path);
        workspace.Select(["*.ts"]).Paths().ShouldBe(["agents/a.ts", "agents/deep/b.ts"]);
        workspace.Select(["*.ts"], ignored: true).Paths().ShouldBe(["agents/a.ts", "agents/deep/b.ts", "agents/new.ts"]);
        workspace.Folders.ShouldBe(["agents", "agents/deep", "dist"]);
    }

    [GitFact]
    public void A_deleted_file_is_named_and_blocks_nothing()
    {
        using var folder = Repository();
        File.Delete(folder.At("a.txt"));
        Directory.Delete(folder.At("deep"), recursive: true);
        ShouldAgree(folder.Path);
        var selection = ListedFiles.Open(folder.Path).Select([]);
        selection.LeftOut.ShouldBe(ListedFiles.Blocks(("a.txt", LeftOutReasons.Deleted), ("deep/er/c.txt", LeftOutReasons.Deleted)));
        selection.Blocked.ShouldBeEmpty();
        ListedFiles.Open(folder.Path).Look("a.txt").State.ShouldBe(PathState.Missing);
    }

    [GitFact]
    public void What_took_a_tracked_files_place_is_judged_and_the_file_is_deleted()
    {
        using var folder = Repository();
        File.Delete(folder.At("a.txt"));
        folder.Write("a.txt/inside.txt");
        Directory.Delete(folder.At("deep"), recursive: true);
        folder.Link("deep", "b");
        ShouldAgree(folder.Path);
        ListedFiles.Open(folder.Path).Select([]).LeftOut.Select(l => l.Path).ShouldBe(["a.txt", "deep", "deep/er/c.txt"]);
    }

    [GitTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_sparse_checkout_keeps_away_blocks(bool sparseIndex)
    {
        using var folder = Repository();
        Git.In(folder.Path, ["sparse-checkout", "set", "--cone", sparseIndex ? "--sparse-index" : "--no-sparse-index", "b"]);
        var workspace = ListedFiles.Open(folder.Path);
        workspace.Files.Select(f => f.Path).ShouldBe(["a.txt", "b/x.txt"]);
        workspace.Select(["c.txt"]).Blocked.ShouldBe(ListedFiles.Blocks((sparseIndex ? "deep" : "deep/er/c.txt", LeftOutReasons.SparseCheckout)));
        workspace.Select(["/b/"]).Blocked.ShouldBeEmpty();
    }

    [GitFact]
    public void A_repository_inside_is_left_out_by_name()
    {
        using var other = Repository();
        using var folder = Repository();
        Git.In(folder.Path, "submodule", "--quiet", "add", other.Path, "sub");
        Git.In(folder.Path, "clone", "-q", other.Path, "nested");
        folder.Write("fake/.git/notes").Write("fake/x.txt");
        ShouldAgree(folder.Path);
        var selection = ListedFiles.Open(folder.Path).Select(["*.txt"]);
        selection.Paths().ShouldBe(["a.txt", "b/x.txt", "deep/er/c.txt", "fake/x.txt"]);
        selection.LeftOut.ShouldBe(ListedFiles.Blocks(("nested", LeftOutReasons.NestedRepository), ("sub", LeftOutReasons.NestedRepository)));
        selection.Blocked.ShouldBeEmpty();
    }

    [GitFact]
    public void A_repository_begun_inside_hides_nothing_of_a_folder_that_is_tracked()
    {
        using var folder = Repository();
        Git.Commit(folder.At("b"));
        folder.Write("b/new.txt");
        ShouldAgree(folder.Path);
        ListedFiles.ByUs(folder.Path).ShouldContain("b/new.txt");
    }

    [GitFact]
    public void A_root_below_the_top_sees_its_part_by_all_ignore_files_of_the_repository()
    {
        using var folder = Repository();
        folder.Write(".gitignore", "*.log\n/b/local/\n/deep/private.txt\n").Write("b/a.log").Write("b/local/x.txt").Write("b/y.txt").Write("deep/private.txt");
        ShouldAgree(folder.At("b"));
        ShouldAgree(folder.At("deep"));
        ListedFiles.ByUs(folder.At("b")).ShouldBe(["x.txt", "y.txt"]);
        ListedFiles.ByUs(folder.At("b/local")).ShouldBeEmpty();
        ListedFiles.Open(folder.At("b/local")).Select([], ignored: true).Paths().ShouldBe(["x.txt"]);
    }

    [GitFact]
    public void Only_ignore_files_inside_the_repository_count()
    {
        using var folder = Repository();
        folder.Write(".git/info/exclude", "*.txt\n").Write("new.txt");
        Git.In(folder.Path, "config", "core.excludesFile", folder.Write(".git/mine", "*.txt\n").At(".git/mine"));
        ListedFiles.ByUs(folder.Path).ShouldContain("new.txt");
    }

    [GitFact]
    public void A_damaged_index_is_one_clear_error()
    {
        using var folder = Repository();
        var index = File.ReadAllBytes(folder.At(".git/index"));
        byte[][] damaged = [index[..50], index[..120], [], [.. "XXXX"u8, .. index[4..]], [.. index[..7], 9, .. index[8..]], [.. index[..8], 0x7F, 0xFF, 0xFF, 0xFF, .. index[12..]]];
        foreach (var bytes in damaged)
        {
            folder.Write(".git/index", bytes);
            Should.Throw<InvalidDataException>(() => DiskSource.Open(folder.Path)).Message.ShouldContain("index");
        }
    }

    [GitTheory]
    [InlineData("2")]
    [InlineData("4")]
    public void However_an_index_is_damaged_nothing_else_happens(string version)
    {
        using var folder = Repository();
        Git.In(folder.Path, "update-index", "--index-version", version);
        Git.In(folder.Path, "-c", "splitIndex.maxPercentChange=100", "update-index", "--split-index");
        Git.In(folder.Path, "-c", "splitIndex.maxPercentChange=100", "rm", "-q", "--cached", "a.txt");
        var index = File.ReadAllBytes(folder.At(".git/index"));
        var random = new Random(5);
        var refused = 0;
        for (var i = 0; i < 500; i++)
        {
            var damaged = i < index.Length ? index[..i] : (byte[])index.Clone();
            if (i >= index.Length)
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            folder.Write(".git/index", damaged);
            try
            {
                GitRepository.Discover(folder.Path)!.ReadIndex();
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        refused.ShouldBeGreaterThan(100);
    }

    [GitFact]
    public void An_unmerged_path_counts_once()
    {
        using var folder = Repository();
        var blob = Git.In(folder.Path, "hash-object", "-w", "a.txt").Trim();
        Git.With(string.Concat(Enumerable.Range(1, 3).Select(stage => $"100644 {blob} {stage}\tb/x.txt\n")), folder.Path, "update-index", "--index-info");
        Git.In(folder.Path, "ls-files", "-u").ShouldContain("b/x.txt");
        ShouldAgree(folder.Path);
    }

    [GitFact]
    public void An_ignore_file_may_have_a_mark_and_may_not_be_a_link()
    {
        using var folder = Repository();
        folder.Write(".gitignore", "\uFEFFfirst.log\r\nlast.log").Write("first.log").Write("last.log");
        folder.Write("b/rules", "*.log\n").Link("b/.gitignore", "rules").Write("b/c.log");
        ShouldAgree(folder.Path);
        ListedFiles.ByUs(folder.Path).ShouldBe([".gitignore", "a.txt", "b/c.log", "b/rules", "b/x.txt", "deep/er/c.txt"]);
    }

    [Fact]
    public void Without_git_ignore_files_count_and_nothing_is_tracked()
    {
        using var folder = new TempFolder();
        folder.Write(".gitignore", "*.log\n").Write("a.log").Write("b/c.ts");
        ListedFiles.ByUs(folder.Path).ShouldBe([".gitignore", "b/c.ts"]);
        ListedFiles.Open(folder.Path).Files.ShouldAllBe(f => !f.Tracked);
        DiskSource.Open(folder.Path).Repository.ShouldBeNull();
    }

    private static TempFolder Repository(params string[] options)
    {
        var folder = new TempFolder().Write("a.txt").Write("b/x.txt").Write("deep/er/c.txt");
        Git.Commit(folder.Path, options);
        return folder;
    }

    private static void ShouldAgree(string root)
    {
        var expected = ListedFiles.ByGit(root);
        ListedFiles.ByUs(root).ShouldBe(expected);
        ListedFiles.ByUs(root, portable: true).ShouldBe(expected);
    }
}
