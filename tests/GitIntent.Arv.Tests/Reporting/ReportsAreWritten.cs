using System.Runtime.InteropServices;
using System.Text.Json;
using GitIntent.Arv.Model;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.Tests.Reporting;

public sealed class ReportsAreWritten : IDisposable
{
    private static readonly RunReport Report = SampleReports.All["failed"]();
    private readonly string _folder = Directory.CreateTempSubdirectory("arv-reports-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_holds_the_whole_report_and_nothing_is_left_beside_it()
    {
        var path = In("deep/er/report.json");

        Write(path).ShouldBeNull();

        File.ReadAllText(path).ShouldBe(ReportsMatchTheirGoldens.Written(new JsonReporter(), Report));
        File.ReadAllBytes(path)[0].ShouldBe((byte)'{'); // no byte-order mark
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
    }

    [Fact]
    public void A_longer_file_is_replaced_whole()
    {
        File.WriteAllText(In("r"), new string('x', 1_000_000));

        Write(In("r")).ShouldBeNull();

        File.ReadAllText(In("r")).ShouldEndWith("}\n");
    }

    [Fact]
    public void A_report_that_cannot_be_finished_leaves_the_old_file()
    {
        File.WriteAllText(In("r"), "old");

        Write(In("r"), new Broken()).ShouldBe($"cannot write the broken report to '{In("r")}': the reporter failed with InvalidOperationException: no\\nway");

        File.ReadAllText(In("r")).ShouldBe("old");
        Directory.GetFiles(_folder).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("new/")]
    public void A_directory_is_no_file(string name) => Write(In(name))!.ShouldContain("it is a directory; name a file in it");

    [Theory]
    [InlineData("file/below")]
    [InlineData("nul\0")]
    [InlineData("")]
    public void A_place_that_cannot_be_gets_a_message(string name)
    {
        File.WriteAllText(In("file"), "");

        Write(name.Length == 0 ? "" : In(name)).ShouldNotBeNull().ShouldStartWith("cannot write the json report to '");
    }

    [Fact]
    public void A_link_is_replaced_and_what_it_points_at_is_kept()
    {
        File.WriteAllText(In("precious"), "kept");
        File.CreateSymbolicLink(In("r"), In("precious"));

        Write(In("r")).ShouldBeNull();

        File.ReadAllText(In("precious")).ShouldBe("kept");
        new FileInfo(In("r")).LinkTarget.ShouldBeNull();
    }

    [UnixFact]
    public void A_link_is_not_followed_into_a_pipe()
    {
        mkfifo(In("pipe"), 0b110_000_000).ShouldBe(0);
        using var reader = new FileStream(In("pipe"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        File.CreateSymbolicLink(In("r"), In("pipe"));

        Write(In("r")).ShouldBeNull();

        new FileInfo(In("r")).LinkTarget.ShouldBeNull();
    }

    [UnixFact]
    public void A_full_disk_gets_a_message() => WriteToDevice("/dev/full")!.ShouldContain("No space left");

    [UnixFact]
    public void A_device_is_written_to_in_its_place() => WriteToDevice("/dev/null").ShouldBeNull();

    [UnixFact]
    public void Nothing_is_made_among_the_systems_own_files()
    {
        Write("/proc/self/arv-report")!.ShouldContain("Could not find file");
        Write("/proc/self/fd/arv/report").ShouldNotBeNull();
    }

    /// <summary>By a name whose folder takes no new file: if the code under test is wrong, root's machine must not lose the device.</summary>
    private static string? WriteToDevice(string device)
    {
        using var open = File.OpenHandle(device, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        return Write($"/proc/self/fd/{open.DangerousGetHandle()}");
    }

    [UnixFact]
    public async Task A_pipe_is_written_to_and_stays_a_pipe()
    {
        mkfifo(In("pipe"), 0b110_000_000).ShouldBe(0);
        var reading = Task.Run(() => File.ReadAllText(In("pipe")));

        Write(In("pipe")).ShouldBeNull();

        (await reading).ShouldEndWith("}\n");
    }

    [UnixFact]
    public async Task A_pipe_that_nobody_reads_is_not_waited_for_without_end()
    {
        mkfifo(In("pipe"), 0b110_000_000).ShouldBe(0);

        Should.Throw<IOException>(() => ReportFile.Write(In("pipe"), static _ => { }, TimeSpan.Zero)).Message.ShouldBe("it is a pipe that nobody reads");

        await File.ReadAllTextAsync(In("pipe")); // lets the opener go
    }

    [Fact]
    public void Standard_output_gets_the_report_and_nothing_else()
    {
        using var stdout = new StringWriter();

        ReportWriter.Write(new JsonReporter(), "-", Report, stdout).ShouldBeNull();

        stdout.ToString().ShouldBe(ReportsMatchTheirGoldens.Written(new JsonReporter(), Report));
    }

    [UnixFact]
    public void A_reader_that_has_gone_is_no_error()
    {
        var ends = new int[2];
        pipe(ends).ShouldBe(0);
        using (var reader = new Microsoft.Win32.SafeHandles.SafeFileHandle(ends[0], ownsHandle: true)) reader.Close();
        using var stdout = new StreamWriter(new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(ends[1], ownsHandle: true), FileAccess.Write, 0), bufferSize: 1) { AutoFlush = true };

        ReportWriter.Write(new JsonReporter(), "-", Report, stdout).ShouldBeNull();
    }

    [UnixFact]
    public void Standard_output_on_a_full_disk_gets_a_message()
    {
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var stdout = new StreamWriter(full);

        ReportWriter.Write(new JsonReporter(), "-", Report, stdout)!.ShouldStartWith("cannot write the json report to standard output: No space left");
    }

    [Fact]
    public void A_long_report_is_valid_and_whole()
    {
        var gate = Report.Gates[0];
        var many = Report with { Gates = [gate with { Findings = [.. Enumerable.Range(1, 20_000).Select(i => gate.Findings[1] with { Span = new TextSpan(i, 1, i, 2) })] }] };

        Write(In("r"), report: many).ShouldBeNull();

        using var json = JsonDocument.Parse(File.ReadAllBytes(In("r")));
        json.RootElement.GetProperty("gates")[0].GetProperty("findings").EnumerateArray().Select(static f => f.GetProperty("line").GetInt32())
            .ShouldBe(Enumerable.Range(1, 20_000));
    }

    [Fact]
    public void Details_with_half_a_surrogate_pair_do_not_lose_the_report()
    {
        using var details = JsonDocument.Parse("""{"outputTail":"\ud800 ##[x]","\udc00":[1.50,"\ud83d\ude80"]}""");
        var check = Report.Gates[0].Checks[0] with { Details = details.RootElement };

        Write(In("r"), report: Report with { Gates = [Report.Gates[0] with { Checks = [check] }] }).ShouldBeNull();

        using var json = JsonDocument.Parse(File.ReadAllBytes(In("r")));
        var written = json.RootElement.GetProperty("gates")[0].GetProperty("checks")[0].GetProperty("details");
        written.GetProperty("outputTail").GetString().ShouldBe("\ufffd ##[x]");
        written.GetProperty("\ufffd").GetRawText().ShouldContain("1.50");
    }

    [Fact]
    public void Every_form_has_a_name_of_its_own() =>
        Reporters.All.Select(static r => r.Name).ShouldBe(["json", "markdown", "sarif", "junit", "msbuild"]);

    private static string? Write(string path, IReporter? reporter = null, RunReport? report = null) =>
        ReportWriter.Write(reporter ?? new JsonReporter(), path, report ?? Report, TextWriter.Null);

    private string In(string name) => Path.Combine(_folder, name);

#pragma warning disable SYSLIB1054, CA5392, IDE1006 // two calls of the C library that .NET has no name for
    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int mkfifo(string path, uint mode);

    [DllImport("libc")]
    private static extern int pipe([Out] int[] ends);
#pragma warning restore SYSLIB1054, CA5392, IDE1006

    private sealed class Broken : IReporter
    {
        public string Title => "broken";

        public string Name => "broken";

        public void Write(RunReport report, TextWriter output)
        {
            output.Write("half");
            throw new InvalidOperationException("no\nway");
        }
    }
}
