using GitIntent.Arv.Model;
using GitIntent.Arv.Tests.Support;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Tests.Tree;

public sealed class SelectionTests
{
    [Fact]
    public void Files_are_selected_in_ordinal_order()
    {
        using var folder = new TempFolder();
        folder.Write("a/b.ts").Write("a-b.ts").Write("a.ts").Write("A.ts").Write("a/x/c.ts").Write("a/x.ts").Write("b.md");
        var workspace = ListedFiles.Open(folder.Path);
        workspace.Select(["*.ts"]).Paths().ShouldBe(["A.ts", "a-b.ts", "a.ts", "a/b.ts", "a/x.ts", "a/x/c.ts"]);
        workspace.Select([]).Files.Length.ShouldBe(7);
        workspace.Select(["a/"], ["x/"]).Paths().ShouldBe(["a/b.ts", "a/x.ts"]);
        workspace.Folders.ShouldBe(["a", "a/x"]);
    }

    [Fact]
    public void The_same_query_gives_the_same_object()
    {
        using var folder = new TempFolder();
        var workspace = ListedFiles.Open(folder.Write("a").Path);
        workspace.Select(["a"]).ShouldBeSameAs(workspace.Select(["a"]));
        workspace.Select(["a"]).ShouldNotBeSameAs(workspace.Select(["a"], ignored: true));
    }

    [Fact]
    public void Ignored_files_are_selected_when_asked_for_or_named()
    {
        using var folder = new TempFolder();
        folder.Write(".gitignore", "dist/\n*.log\n").Write("a.ts").Write("dist/index.js").Write("dist/deep/b.ts").Write("c.log");
        var workspace = ListedFiles.Open(folder.Path);

        workspace.Select([]).Paths().ShouldBe([".gitignore", "a.ts"]);
        workspace.Select(["*.ts"], ignored: true).Paths().ShouldBe(["a.ts", "dist/deep/b.ts"]);
        workspace.Select([], ["dist/"], ignored: true).Paths().ShouldBe([".gitignore", "a.ts", "c.log"]);
        workspace.Select(["dist/index.js", "*.log"]).Paths().ShouldBe(["dist/index.js"]);
        workspace.Select(["dist/index.js"]).Files[0].Ignored.ShouldBeTrue();
        workspace.Select(["c.log", "/a.ts"]).Paths().ShouldBe(["a.ts", "c.log"]);
        workspace.Select(["dist/index.js"], ["*.js"]).Files.ShouldBeEmpty();
        workspace.Select(["dist/index.js", "!dist/"]).Files.ShouldBeEmpty();
        workspace.Folders.ShouldBeEmpty();
        workspace.Look("dist/index.js").File!.Ignored.ShouldBeTrue();
        workspace.Look("dist").State.ShouldBe(PathState.Folder);
        workspace.Look("dist/none").State.ShouldBe(PathState.Missing);
        workspace.Look("a.ts/none").State.ShouldBe(PathState.Missing);
    }

    [Fact]
    public void An_obstacle_in_an_ignored_place_blocks_only_who_asks_for_ignored_files()
    {
        using var folder = new TempFolder();
        folder.Write(".gitignore", "dist/\n").Write("a.ts").Link("dist/lost.ts", "none");
        var workspace = ListedFiles.Open(folder.Path);
        workspace.Select(["*.ts"]).Blocked.ShouldBeEmpty();
        workspace.Select(["*.ts"], ignored: true).Blocked.ShouldBe(ListedFiles.Blocks(("dist/lost.ts", LeftOutReasons.DanglingLink)));
        workspace.Select(["dist/lost.ts"]).Blocked.Length.ShouldBe(1);
    }

    [Fact]
    public void A_link_to_what_is_selected_anyway_is_left_out()
    {
        using var folder = new TempFolder();
        folder.Write("real/a.ts").Link("b.ts", "real/a.ts").Link("other", "real");
        var selection = ListedFiles.Open(folder.Path).Select(["*.ts"]);
        selection.Paths().ShouldBe(["real/a.ts"]);
        selection.LeftOut.ShouldBe(ListedFiles.Blocks(("b.ts", LeftOutReasons.Link), ("other", LeftOutReasons.Link)));
        selection.Blocked.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_hides_behind_a_link()
    {
        using var folder = new TempFolder();
        folder.Write("real/a.txt", "hidden").Write("real/deep/b.ts", "also").Link("src/b.ts", "../real/a.txt").Link("src/lib", "../real");
        var workspace = ListedFiles.Open(folder.Path);

        var selection = workspace.Select(["src/"]);
        selection.Paths().ShouldBe(["src/b.ts", "src/lib/a.txt", "src/lib/deep/b.ts"]);
        selection.Files.Select(f => f.ReadFrom).ShouldBe(["real/a.txt", "real/a.txt", "real/deep/b.ts"]);
        workspace.Read(selection.Files[0], default).Text!.Text.ShouldBe("hidden");
        workspace.Select(["src/lib/**/*.ts"]).Paths().ShouldBe(["src/lib/deep/b.ts"]);
        workspace.Look("src/lib/deep/b.ts").File.ShouldBe(selection.Files[2]);
        workspace.Look("src/lib").State.ShouldBe(PathState.Folder);
    }

    [Fact]
    public void A_link_into_an_ignored_folder_shows_what_is_there()
    {
        using var folder = new TempFolder();
        folder.Write(".gitignore", "/dist/\n").Write("dist/lib/a.ts").Link("lib", "dist/lib").Link("a.ts", "dist/lib/a.ts");
        var workspace = ListedFiles.Open(folder.Path);
        workspace.Select(["*.ts"]).Paths().ShouldBe(["a.ts", "lib/a.ts"]);
        workspace.Select(["*.ts"], ignored: true).Paths().ShouldBe(["dist/lib/a.ts"]);
    }

    [Fact]
    public void What_is_ignored_in_a_linked_folder_counts_only_when_asked_for()
    {
        using var folder = new TempFolder();
        folder.Write("real/.gitignore", "*.log\ntmp/\n").Write("real/a.ts").Write("real/a.log").Write("real/tmp/b.ts").Link("lib", "real");
        var workspace = ListedFiles.Open(folder.Path);
        workspace.Select(["/lib/"]).Paths().ShouldBe(["lib/.gitignore", "lib/a.ts"]);
        workspace.Select(["/lib/"], ignored: true).Paths().ShouldBe(["lib/.gitignore", "lib/a.log", "lib/a.ts", "lib/tmp/b.ts"]);
    }

    [Fact]
    public void A_circle_of_links_ends()
    {
        using var folder = new TempFolder();
        folder.Write("a/x.ts").Link("a/self", ".").Link("a/up", "..").Link("a/b", "../c").Link("c/d", "../a");
        var workspace = ListedFiles.Open(folder.Path);
        workspace.Select([]).Paths().ShouldBe(["a/x.ts"]);
        workspace.Select(["/a/up/"]).Paths().ShouldBe(["a/up/a/x.ts"]);
        workspace.Select(["/c/"]).Paths().ShouldBe(["c/d/x.ts"]);
        workspace.Select([]).Blocked.ShouldBeEmpty();
    }

    [Fact]
    public void A_tree_can_be_empty()
    {
        using var folder = new TempFolder();
        var workspace = ListedFiles.Open(folder.Path);
        workspace.Files.ShouldBeEmpty();
        workspace.Select([]).Files.ShouldBeEmpty();
        workspace.Look(".").State.ShouldBe(PathState.Folder);
    }

    [Fact]
    public void A_root_that_is_not_there_is_named() =>
        Should.Throw<DirectoryNotFoundException>(() => ListedFiles.Open("/no/such/folder")).Message.ShouldContain("no/such");
}
