using System.Net.Sockets;
using System.Text;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tests.Support;
using GitIntent.Arv.Tree;
using GitIntent.Arv.Tree.Disk;

namespace GitIntent.Arv.Tests.Tree;

/// <summary>What cannot be looked at is named, and blocks the queries that need it, and no others.</summary>
public sealed class ObstacleTests
{
    public static TheoryData<bool> Disks => OperatingSystem.IsLinux() ? [false, true] : [true];

    [Theory]
    [MemberData(nameof(Disks))]
    public void A_dangling_link_blocks_the_query_that_needs_it_and_hides_nothing(bool portable)
    {
        using var folder = new TempFolder();
        folder.Write("a/one.ts").Write("a/two.ts").Link("a/lost.ts", "nowhere.ts").Link("a/loop.md", "loop.md");
        var workspace = ListedFiles.Open(folder.Path, portable);

        var needing = workspace.Select(["*.ts"]);
        needing.Paths().ShouldBe(["a/one.ts", "a/two.ts"]);
        needing.Blocked.ShouldBe(ListedFiles.Blocks(("a/lost.ts", LeftOutReasons.DanglingLink)));
        workspace.Select(["*.md"]).Blocked.ShouldBe(ListedFiles.Blocks(("a/loop.md", LeftOutReasons.DanglingLink)));
        workspace.Select(["one.ts"]).Blocked.ShouldBeEmpty();
        workspace.Select(["*.ts"], ["lost.ts"]).Blocked.ShouldBeEmpty();
        workspace.Look("a/lost.ts").ShouldBe(new PathLook(PathState.Blocked, null, LeftOutReasons.DanglingLink));
    }

    [Theory]
    [MemberData(nameof(Disks))]
    public void A_link_out_of_the_root_is_never_followed(bool portable)
    {
        using var outside = new TempFolder();
        using var folder = new TempFolder();
        outside.Write("secret.ts").Write("d/x.ts");
        folder.Write("a.ts").Write(".git/config").Link("out.ts", outside.At("secret.ts")).Link("up", "..").Link("git", ".git").Link("d", outside.At("d"));
        var workspace = ListedFiles.Open(folder.Path, portable);

        var selection = workspace.Select(["*.ts"]);
        selection.Paths().ShouldBe(["a.ts"]);
        selection.Blocked.Select(b => b.Path).ShouldBe(["d", "git", "out.ts", "up"]);
        selection.Blocked.ShouldAllBe(b => b.Reason == LeftOutReasons.LinkOutside);
        workspace.Select(["/a.ts"]).Blocked.ShouldBeEmpty();
        workspace.Look("d/x.ts").ShouldBe(new PathLook(PathState.Blocked, null, LeftOutReasons.LinkOutside));
        workspace.Look("../x").State.ShouldBe(PathState.Missing);
        workspace.Look(".git/config").State.ShouldBe(PathState.Missing);
    }

    [LinuxFact]
    public void A_FIFO_a_socket_and_a_device_are_never_opened()
    {
        using var folder = new TempFolder();
        folder.Write("a.ts");
        Run.Program("mkfifo", [folder.At("pipe.ts")], folder.Path);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder.At("socket.ts")));

        var selection = ListedFiles.Open(folder.Path).Select(["*.ts"]);
        selection.Paths().ShouldBe(["a.ts"]);
        selection.Blocked.ShouldBe(ListedFiles.Blocks(("pipe.ts", LeftOutReasons.NotAFile), ("socket.ts", LeftOutReasons.NotAFile)));
        ListedFiles.Open(folder.Path).Select(["*.md"]).Blocked.ShouldBeEmpty();
    }

    [LinuxFact]
    public void A_FIFO_that_takes_a_files_place_does_not_block_the_reader()
    {
        using var folder = new TempFolder();
        folder.Write("a.ts");
        foreach (var portable in new[] { false, true })
        {
            var workspace = ListedFiles.Open(folder.Path, portable);
            File.Delete(folder.At("a.ts"));
            Run.Program("mkfifo", [folder.At("a.ts")], folder.Path);
            workspace.Read(new WorkspaceFile("a.ts", false, false), default).Reason.ShouldBe(LeftOutReasons.NotAFile);
        }
    }

    [LinuxFact]
    public void A_link_that_takes_the_place_of_a_file_or_of_a_folder_above_it_is_not_followed()
    {
        using var folder = new TempFolder();
        using var outside = new TempFolder();
        outside.Write("x.ts", "secret");
        folder.Write("d/x.ts").Write("y.ts").Write("e/x.ts").Write("f/x.ts");
        var workspace = ListedFiles.Open(folder.Path);
        Directory.Delete(folder.At("d"), recursive: true);
        Directory.Delete(folder.At("e"), recursive: true);
        File.Delete(folder.At("y.ts"));
        folder.Link("d", outside.Path).Link("y.ts", outside.At("x.ts")).Link("e", "f");
        var swapped = workspace.Select(["/d/", "/e/", "y.ts"]).Files;
        swapped.Length.ShouldBe(3);
        foreach (var file in swapped)
        {
            workspace.Read(file, default).ShouldBe(new FileRead(null, LeftOutReasons.Changed));
            LinuxDisk.Create(folder.Path, stepwise: true)!.Open(file.Path).File.ShouldBeNull();
        }
    }

    [Theory]
    [MemberData(nameof(Disks))]
    public void An_unreadable_folder_blocks_what_could_lie_below_it(bool portable)
    {
        using var folder = new TempFolder();
        folder.Write("src/a.ts").Write("src/closed/b.ts").Write("src/closed-by/c.ts").Write("z.ts");
        var disk = Faulty(folder, portable);
        disk.Folders["src/closed"] = LeftOutReasons.Unreadable;
        var workspace = Open(folder, disk);

        var selection = workspace.Select(["src/**/*.ts"]);
        selection.Paths().ShouldBe(["src/a.ts", "src/closed-by/c.ts"]);
        selection.Blocked.ShouldBe(ListedFiles.Blocks(("src/closed", LeftOutReasons.Unreadable)));
        DiskSource.Open(folder.Path, _ => disk).List(default).Entries.Select(e => e.Path)
            .ShouldBe(["src", "src/a.ts", "src/closed", "src/closed", "src/closed-by", "src/closed-by/c.ts", "z.ts"]);
        workspace.Select(["/*.ts"]).Blocked.ShouldBeEmpty();
        workspace.Select(["*.ts"], ["closed/"]).Blocked.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Disks))]
    public void An_unreadable_root_blocks_everything(bool portable)
    {
        using var folder = new TempFolder();
        var disk = Faulty(folder, portable);
        disk.Folders[""] = LeftOutReasons.Unreadable;
        Open(folder, disk).Select(["src/a.ts"]).Blocked.Length.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Disks))]
    public void An_unreadable_ignore_file_leaves_nothing_out(bool portable)
    {
        using var folder = new TempFolder();
        folder.Write(".gitignore", "*.log\n").Write("a.log").Write("d/.gitignore", "b.log\n").Write("d/b.log").Write("d/c.log");
        var disk = Faulty(folder, portable);
        disk.Files["d/.gitignore"] = LeftOutReasons.Unreadable;
        Open(folder, disk).Files.Select(f => f.Path).ShouldBe([".gitignore", "d/.gitignore", "d/b.log", "d/c.log"]);
    }

    [LinuxFact]
    public void What_permissions_forbid_is_named()
    {
        using var folder = new TempFolder();
        folder.Write("closed/a.ts").Write("b.ts").Write("blind/c.ts").Write("d.ts");
        Run.Program("chmod", ["755", "."], folder.Path);
        Run.Program("chmod", ["000", "closed", "b.ts"], folder.Path);
        Run.Program("chmod", ["744", "blind"], folder.Path);
        foreach (var portable in new[] { false, true })
        {
            IDisk disk = portable ? new PortableDisk(folder.Path) : LinuxDisk.Create(folder.Path)!;
            AsNobody.Do(() =>
            {
                disk.List("closed").Reason.ShouldBe(LeftOutReasons.Unreadable);
                disk.Open("b.ts").Reason.ShouldBe(LeftOutReasons.Unreadable);
                disk.Open("closed/a.ts").Reason.ShouldBe(LeftOutReasons.Unreadable);
                disk.Look("closed/a.ts")!.Value.Kind.ShouldBe(DiskKind.Unreadable);
                using var readable = disk.Open("d.ts").File;
                readable.ShouldNotBeNull();
            });
        }
        AsNobody.Do(() => LinuxDisk.Create(folder.Path)!.List("blind").Entries.ShouldBe([new DiskEntry("blind/c.ts", DiskKind.Unreadable)]));
    }

    [Theory]
    [MemberData(nameof(Disks))]
    public void A_file_that_changes_while_it_is_read_is_not_judged(bool portable)
    {
        using var folder = new TempFolder();
        folder.Write("grow", "12345").Write("shrink", "12345").Write("same", "12345").Write("gone", "12345").Write("big", new byte[100]);
        var disk = Faulty(folder, portable);
        disk.WhileReading = path =>
        {
            if (path == "grow")
                File.AppendAllText(folder.At(path), "6");
            if (path == "shrink")
                File.WriteAllText(folder.At(path), "12");
        };
        var source = DiskSource.Open(folder.Path, _ => disk, longestFile: 99);
        File.Delete(folder.At("gone"));

        source.Read("grow", default).Reason.ShouldBe(LeftOutReasons.Changed);
        source.Read("shrink", default).Reason.ShouldBe(LeftOutReasons.Changed);
        source.Read("gone", default).Reason.ShouldBe(LeftOutReasons.Vanished);
        source.Read("big", default).Reason.ShouldBe(LeftOutReasons.TooLarge);
        Encoding.UTF8.GetString(source.Read("same", default).Bytes.Span).ShouldBe("12345");
    }

    [LinuxFact]
    public void A_name_that_is_no_UTF8_is_named_and_blocks()
    {
        using var folder = new TempFolder();
        folder.Write("a.ts");
        Run.Program("sh", ["-c", "printf x > \"$(printf 'caf\\351.ts')\"; mkdir \"$(printf 'd\\377')\"; printf x > \"$(printf 'd\\377/b.ts')\""], folder.Path);
        var selection = ListedFiles.Open(folder.Path).Select(["*.ts"]);
        selection.Paths().ShouldBe(["a.ts"]);
        selection.Blocked.ShouldBe(ListedFiles.Blocks((@"caf\xE9.ts", LeftOutReasons.BadName), (@"d\xFF", LeftOutReasons.BadName)));
        ListedFiles.Open(folder.Path).Select(["*.ts"], [@"*\\xE9.ts", @"d\\xFF/"]).Blocked.ShouldBeEmpty();
        ListedFiles.Open(folder.Path, portable: true).Select(["*.ts"]).Blocked.Select(b => b.Reason).ShouldBe([LeftOutReasons.BadName, LeftOutReasons.BadName]);
    }

    [LinuxFact]
    public void Odd_names_and_paths_longer_than_the_system_takes_are_read()
    {
        using var folder = new TempFolder();
        folder.Write("line\nbreak.ts").Write("tab\t \\ \"quote\".ts").Write("ünï/😀.ts").Write("�.ts");
        var name = new string('n', 40);
        folder.Write("deep/end.ts", "deep");
        for (var block = 0; block < 5; block++)
        {
            var bottom = "new/" + string.Join('/', Enumerable.Repeat(name, 60));
            folder.Write(bottom + "/x");
            File.Delete(folder.At(bottom + "/x"));
            foreach (var entry in Directory.GetFileSystemEntries(folder.At("deep")))
                Directory.Move(entry, folder.At(bottom + "/" + Path.GetFileName(entry)));
            Directory.Delete(folder.At("deep"));
            Directory.Move(folder.At("new"), folder.At("deep"));
        }
        var workspace = ListedFiles.Open(folder.Path);
        var deep = workspace.Files.Single(f => f.Path.EndsWith("end.ts", StringComparison.Ordinal));
        deep.Path.Length.ShouldBe("deep/".Length + (41 * 300) + "end.ts".Length);
        workspace.Read(deep, default).Text!.Text.ShouldBe("deep");
        workspace.Files.Length.ShouldBe(5);
        workspace.Files.Select(f => workspace.Read(f, default).Reason).ShouldAllBe(r => r == null);
        workspace.Select(["*.ts"]).Blocked.ShouldBeEmpty();
        workspace.Look(deep.Path).State.ShouldBe(PathState.File);

        var stepwise = DiskSource.Open(folder.Path, root => LinuxDisk.Create(root, stepwise: true)!);
        stepwise.List(default).Entries.ShouldBe(DiskSource.Open(folder.Path).List(default).Entries);
        stepwise.Read(deep.Path, default).Bytes.Length.ShouldBe(4);

        // The portable disk cannot go so deep, and says where it stopped.
        var portable = ListedFiles.Open(folder.Path, portable: true).Select(["*.ts"]);
        portable.Files.Length.ShouldBe(4);
        portable.Blocked.Length.ShouldBe(1);
    }

    private static FaultyDisk Faulty(TempFolder folder, bool portable) =>
        new(portable ? new PortableDisk(folder.Path) : LinuxDisk.Create(folder.Path)!);

    private static Workspace Open(TempFolder folder, FaultyDisk disk) => Workspace.Open(DiskSource.Open(folder.Path, _ => disk), default);
}
