using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Cli;

/// <summary>Real signals to a process of the command's own, in the middle of a command that it runs. That has a session of its own, so nobody else would end it.</summary>
public sealed class SignalsEndCommands
{
    [LinuxTheory]
    [InlineData("HUP", 129)]
    [InlineData("INT", 130)]
    [InlineData("QUIT", 131)]
    [InlineData("TERM", 143)]
    public async Task A_run_writes_what_it_knows_and_leaves_nothing_behind(string signal, int code)
    {
        using var repository = Repository();
        (await InterruptAsync(repository, signal, "run-all --json report.json")).ShouldSay(code, "");
        File.ReadAllText(repository.At("report.json")).ShouldContain("\"reason\": \"interrupted\"");
    }

    [LinuxFact]
    public async Task Accepting_goldens_writes_none_and_leaves_nothing_behind()
    {
        using var repository = Repository();
        (await InterruptAsync(repository, "INT", "goldens accept")).ShouldSay(130, "error: interrupted; a golden that is not named here is as it was");
        File.Exists(repository.At("golden.txt")).ShouldBeFalse();
    }

    /// <summary>nohup's promise: what ignores the end of its terminal goes on.</summary>
    [LinuxFact]
    public async Task A_closed_terminal_that_the_caller_ignores_is_ignored()
    {
        using var repository = Repository();
        (await ShellAsync(repository, "trap '' HUP; exec", "HUP $$; kill -TERM", "run-all")).ShouldSay(143, "");
    }

    private static async Task<Tool.Result> InterruptAsync(TempFolder repository, string signal, string arguments)
    {
        // Whoever runs the tests may ignore signals (nohup, a shell's background), and what he ignores his children do.
        var result = await ShellAsync(repository, "exec env --default-signal=HUP,INT,QUIT,TERM", signal, arguments);
        Directory.Exists("/proc/" + File.ReadAllText(repository.At("pid")).Trim()).ShouldBeFalse("the command is still there");
        return result;
    }

    /// <summary>The shell becomes arv: what a shell starts in the background ignores SIGINT and SIGQUIT.</summary>
    private static Task<Tool.Result> ShellAsync(TempFolder repository, string start, string signal, string arguments) => Child.ShellAsync(repository.Path, $$"""
        { read line <started; kill -{{signal}} $$; } &
        {{start}} "$ARV_HOST" "$ARV_DLL" {{arguments}}
        """);

    private static TempFolder Repository()
    {
        var folder = new TempFolder();
        Run.Program("mkfifo", ["started"], folder.Path);
        return folder.Write("arv.yml", """
            version: 1
            gates:
              slow:
                checks:
                  command: { include: [arv.yml], exec: { run: [sh, -c, "echo $$ >pid; echo >started; exec sleep 30"], stdout: golden.txt } }
            """);
    }
}
