using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GitIntent.Arv.Processes;
using GitIntent.Arv.Processes.Linux;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Kinds.Exec;

/// <summary>Real commands that try to get away.</summary>
[Collection(Commands.Name)]
public sealed class ProcessTrees : IDisposable
{
    private readonly TempFolder _folder = new();
    private int _runs;

    [LinuxFact]
    public async Task A_command_that_ends_gives_its_exit_code_and_its_output_whole()
    {
        var result = await Run("echo out; echo err >&2; exit 7");

        (result.End, result.Code).ShouldBe((CommandEnd.Exited, 7));
        result.Leftovers.ShouldBeEmpty();
        File.ReadAllText(_folder.At("1.out")).ShouldBe("out\n");
        File.ReadAllText(_folder.At("1.err")).ShouldBe("err\n");
    }

    [LinuxFact]
    public async Task No_shell_reads_the_arguments()
    {
        await RunTool("/bin/echo", ["$HOME", "a b", "*", "", "\"q\""]);

        File.ReadAllText(_folder.At("1.out")).ShouldBe("$HOME a b *  \"q\"\n");
    }

    [LinuxFact]
    public async Task Standard_input_is_empty_and_there_is_no_terminal()
    {
        await Run("cat; (: </dev/tty) 2>/dev/null && echo terminal || echo none");

        File.ReadAllText(_folder.At("1.out")).ShouldBe("none\n");
    }

    [LinuxFact]
    public async Task Signals_have_their_default_handling()
    {
        // .NET ignores SIGPIPE; a child that inherited that would print "yes" for ever into a closed pipe.
        var result = await Run("grep SigIgn /proc/self/status");

        // Signals 32 and 33 are the C library's own.
        File.ReadAllText(_folder.At("1.out")).ShouldMatch(@"SigIgn:\s0{7}[01][08]0{7}\n");
        result.End.ShouldBe(CommandEnd.Exited);
    }

    [LinuxFact]
    public async Task An_end_by_a_signal_is_told_from_an_exit_code()
    {
        var result = await Run("kill -SEGV $$");

        (result.End, SignalNames.Of(result.Code)).ShouldBe((CommandEnd.Signalled, "SIGSEGV"));
    }

    [LinuxFact]
    public async Task A_time_out_ends_the_command()
    {
        var result = await Run("echo started; exec sleep 600", timeout: 0.3);

        result.End.ShouldBe(CommandEnd.TimedOut);
        Encoding.UTF8.GetString(result.Tail.Span).ShouldBe("started\n");
    }

    [LinuxTheory]
    [InlineData("setsid sh -c 'echo $$ >> pids; sleep 600' & sleep 600")]
    [InlineData("trap '' TERM; (trap '' TERM; echo $$ >> pids; sleep 600) & sleep 600")]
    [InlineData("(setsid sh -c 'echo $$ >> pids; sh -c \"echo \\$\\$ >> pids; sleep 600\" & sleep 600' >/dev/null 2>&1 &) ; sleep 600")]
    [InlineData("env -i setsid sh -c '(echo $$ >> pids; sleep 600) &' ; sleep 600")]
    [InlineData("python3 -c 'import os,time\nfor i in range(2):\n  os.fork() and os._exit(0)\n  os.setsid()\nopen(\"pids\",\"a\").write(str(os.getpid())+\"\\n\")\ntime.sleep(600)' ; sleep 600")]
    public async Task A_time_out_ends_what_has_cut_itself_loose(string script)
    {
        var result = await Run(script, timeout: 0.7);

        result.End.ShouldBe(CommandEnd.TimedOut);
        result.Leftovers.ShouldBeEmpty("everything could be ended");
        NobodyIsLeft();
    }

    [LinuxTheory]
    [InlineData("sleep 600 & echo ok")]
    [InlineData("setsid sleep 600 & echo ok")]
    [InlineData("(setsid sleep 600 &) ; echo ok")]
    [InlineData("(trap '' TERM; sleep 600) & echo ok")]
    [InlineData("setsid sleep 600 >/dev/null 2>&1 & echo ok")]
    public async Task What_outlives_its_command_is_named_and_ended(string script)
    {
        var result = await Run(script);

        (result.End, result.Code).ShouldBe((CommandEnd.Exited, 0));
        result.Leftovers.ShouldContain(left => left.Command == "sleep 600" && left.Ended);
        File.ReadAllText(_folder.At("1.out")).ShouldBe("ok\n");
        NobodyIsLeft();
    }

    [LinuxFact]
    public async Task A_child_that_ends_soon_after_the_command_is_no_leftover()
    {
        var result = await Run("(sleep 0.1; echo late) & echo early");

        result.Leftovers.ShouldBeEmpty();
        File.ReadAllText(_folder.At("1.out")).ShouldBe("early\nlate\n");
    }

    [LinuxFact]
    public async Task Commands_side_by_side_end_only_their_own()
    {
        using var release = new CancellationTokenSource();
        var other = Run("echo $$ > other; setsid sh -c 'echo there > child; exec sleep 600' & sleep 600", stop: release.Token);
        await Until(() => File.Exists(_folder.At("child")));

        var result = await Run("setsid sleep 601 & echo ok");

        result.Leftovers.Select(static left => left.Command).ShouldBe(["sleep 601"]);
        IsAlive(int.Parse(File.ReadAllText(_folder.At("other")), CultureInfo.InvariantCulture)).ShouldBeTrue();
        await release.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => other);
        NobodyIsLeft();
    }

    [LinuxFact]
    public async Task Stopping_ends_the_whole_tree()
    {
        using var stop = new CancellationTokenSource();
        var running = Run("(setsid sh -c 'echo $$ > pids; exec sleep 600' &) ; sleep 600", stop: stop.Token);
        await Until(() => File.Exists(_folder.At("pids")));

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        NobodyIsLeft();
    }

    [LinuxFact]
    public async Task A_flood_is_ended_and_no_more_than_the_limit_is_kept()
    {
        var result = await Run("yes", outputLimit: 5_000_000);

        result.End.ShouldBe(CommandEnd.Flooded);
        new FileInfo(_folder.At("1.out")).Length.ShouldBeInRange(1_000_000, 5_200_000);
        result.Tail.Length.ShouldBeLessThan(64 * 1024);
    }

    [LinuxFact]
    public async Task A_command_that_forks_for_ever_is_ended()
    {
        // At most three hundred at a time, so that the test is no danger to the machine; each of them is always replaced.
        var result = await Run("b() { while :; do setsid sleep 0.05; done; }; i=0; while [ $i -lt 150 ]; do b & i=$((i+1)); done; wait", processLimit: 100);

        result.End.ShouldBe(CommandEnd.TooManyProcesses);
        NobodyIsLeft();
    }

    [LinuxFact]
    public async Task A_file_that_is_no_program_is_not_started()
    {
        var path = _folder.WriteExecutable("tool", "\0\0\0");

        var result = await RunTool(path, []);

        result.End.ShouldBe(CommandEnd.NotStarted);
        result.Fault.ShouldNotBeNullOrEmpty();
    }

    [LinuxFact]
    public async Task A_full_disk_loses_output_and_says_so()
    {
        var result = await RunTool("/bin/sh", ["-c", "head -c 1000000 /dev/zero; sleep 600"], stdout: "/dev/full");

        result.End.ShouldBe(CommandEnd.OutputLost);
        result.Fault.ShouldNotBeNull();
    }

    [LinuxFact]
    public async Task The_portable_runner_ends_children_and_grandchildren()
    {
        var result = await new PortableCommandRunner().RunAsync(
            Spec("/bin/sh", ["-c", "sh -c 'echo $$ > pids; sleep 600' & sleep 600"], timeout: 0.5), TimeProvider.System, default);

        result.End.ShouldBe(CommandEnd.TimedOut);
    }

    [LinuxFact]
    public async Task The_portable_runner_gives_exit_code_and_output()
    {
        var result = await new PortableCommandRunner().RunAsync(Spec("/bin/sh", ["-c", "cat; echo out; exit 3"]), TimeProvider.System, default);

        (result.End, result.Code).ShouldBe((CommandEnd.Exited, 3));
        Encoding.UTF8.GetString(result.Tail.Span).ShouldBe("out\n");
    }

    public void Dispose() => _folder.Dispose();

    private Task<CommandResult> Run(string script, double timeout = 60, long outputLimit = 1 << 30, int processLimit = 2000, CancellationToken stop = default) =>
        new LinuxCommandRunner().RunAsync(
            Spec("/bin/sh", ["-c", script], timeout) with { OutputLimit = outputLimit, ProcessLimit = processLimit }, TimeProvider.System, stop);

    private Task<CommandResult> RunTool(string path, ImmutableArray<string> arguments, string? stdout = null) =>
        new LinuxCommandRunner().RunAsync(
            Spec(path, arguments) is var spec && stdout is not null ? spec with { StdoutFile = stdout } : spec, TimeProvider.System, default);

    private CommandSpec Spec(string path, ImmutableArray<string> arguments, double timeout = 60)
    {
        var run = Interlocked.Increment(ref _runs);
        return new CommandSpec
        {
            Executable = path,
            Arguments = arguments,
            WorkingFolder = _folder.Path,
            Environment = ImmutableDictionary<string, string>.Empty.Add("PATH", Environment.GetEnvironmentVariable("PATH")!).Add("TEST_FOLDER", _folder.Path),
            Timeout = TimeSpan.FromSeconds(timeout),
            StdoutFile = _folder.At($"{run}.out"),
            StderrFile = _folder.At($"{run}.err"),
        };
    }

    /// <summary>No process has this test's folder as its working folder any more.</summary>
    private void NobodyIsLeft()
    {
        if (File.Exists(_folder.At("pids")))
            File.ReadAllLines(_folder.At("pids")).ShouldAllBe(pid => !IsAlive(int.Parse(pid, CultureInfo.InvariantCulture)));
        ProcTable.Read().Where(static entry => !entry.IsOver)
            .Where(entry => new FileInfo($"/proc/{entry.Pid}/cwd").LinkTarget == _folder.Path)
            .Select(static entry => ProcTable.CommandOf(entry.Pid))
            .ShouldBeEmpty();
    }

    private static bool IsAlive(int pid) => ProcTable.Find(pid) is { IsOver: false };

    private static async Task Until(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
            await timer.WaitForNextTickAsync();
    }
}
