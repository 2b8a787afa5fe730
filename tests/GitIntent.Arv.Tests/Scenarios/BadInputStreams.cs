using GitIntent.Arv.Cli;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Scenarios;

/// <summary>What a caller can make of standard output and standard error: none of it is a crash, and none changes a verdict.</summary>
public sealed class BadInputStreams
{
    [LinuxFact]
    public async Task A_full_disk_under_standard_error_changes_no_exit_code()
    {
        using var repository = Repository();
        (await Child.ShellAsync(repository.Path, "arv run-all nowhere 2>/dev/full")).ExitCode.ShouldBe(21);
    }

    [LinuxFact]
    public async Task A_full_disk_under_the_console_report_is_said_and_changes_no_verdict()
    {
        using var repository = Repository();
        var result = await Child.ShellAsync(repository.Path, "arv run-all >/dev/full");

        result.ShouldSay(0, "error: cannot write the console report to standard output: No space left");
    }

    [LinuxFact]
    public async Task A_full_disk_under_the_log_turns_ready_into_41_and_changes_no_other_code()
    {
        using var repository = Repository();
        (await Tool.RunAsync(repository.Path, "run-all", "--log", "/dev/full")).ShouldSay(41, "error: --log: /dev/full is not whole: No space left on device");

        repository.Write("a.txt", "bad\n");
        (await Tool.RunAsync(repository.Path, "run-all", "--log", "/dev/full")).ShouldSay(1, "error: --log: /dev/full is not whole: No space left on device");
    }

    [Fact]
    public async Task A_log_that_is_a_folder_is_said_before_anything_runs()
    {
        using var repository = Repository();
        (await Tool.RunAsync(repository.Path, "run-all", "--log", ".")).ShouldSay(41, "error: --log: . is a directory; name a file in it");
    }

    [LinuxFact]
    public async Task A_reader_that_goes_away_is_no_error()
    {
        using var repository = Repository();
        var result = await Child.ShellAsync(repository.Path, "{ arv config schema; echo $? >code; } | head -1; cat code");

        result.Out.ShouldBe("{\n0\n");
        result.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("list")]
    [InlineData("config", "schema")]
    [InlineData("--help")]
    public async Task What_was_asked_for_and_cannot_be_written_exits_41(params string[] args)
    {
        using var repository = Repository();
        var result = await RunWithoutOutput(repository, args);

        result.ExitCode.ShouldBe(41, result.Error);
        result.Error.ShouldBe("error: cannot write to standard output: no such place\n");
    }

    [Fact]
    public async Task A_closed_standard_output_does_not_hide_the_verdict()
    {
        using var repository = Repository();
        (await RunWithoutOutput(repository, "run-all")).ShouldSay(0, "cannot write the console report to standard output: no such place");
        (await RunWithoutOutput(repository, "run-all", "--json", "-")).ShouldSay(41, "cannot write the json report to standard output: no such place");

        repository.Write("a.txt", "bad\n");
        (await RunWithoutOutput(repository, "run-all", "--json", "-")).ShouldSay(1, "cannot write the json report to standard output");
    }

    [Fact]
    public void A_standard_error_that_cannot_be_written_is_silent()
    {
        using var error = new StreamWriter(new StandardStream(Nowhere, isError: true)) { AutoFlush = true };
        error.WriteLine("nobody reads this");
    }

    private static async Task<Tool.Result> RunWithoutOutput(TempFolder repository, params string[] args)
    {
        var output = new StreamWriter(new StandardStream(Nowhere, isError: false), bufferSize: 64);
        return await Tool.RunAsync(repository.Path, c => c with { Out = output }, args);
    }

    /// <summary>As .NET fails where a stream is closed.</summary>
    private static Stream Nowhere() => throw new UnauthorizedAccessException("denied", new IOException("no such place", 9));

    private static TempFolder Repository()
    {
        var folder = new TempFolder();
        folder.Write("a.txt", "good\n");
        folder.Write("arv.yml", """
            version: 1
            gates:
              words:
                checks:
                  bad: { include: ["*.txt"], text: { ABC001: { forbid: bad, message: A bad word } } }
            """);
        return folder;
    }
}
