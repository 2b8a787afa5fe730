using GitIntent.Arv.Scope;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Kinds.Exec;

/// <summary>What a command sees, where it runs, what it may change.</summary>
[Collection(Commands.Name)]
public sealed class ExecSurroundings : IDisposable
{
    private readonly ExecRun _run = new();

    [LinuxFact]
    public async Task A_command_sees_the_callers_environment_less_what_is_arvs_own()
    {
        _run.Caller["GITHUB_TOKEN"] = "not-for-you-1";
        _run.Caller["ARV_STATE"] = "redis://user:p4ssw0rd@host";
        _run.Caller["HERS"] = "kept";

        await _run.Run("{ run: [sh, -c, 'env > \"$1\"/e', x, '{out}'], env: { MINE: 'a=b', HERE: '{out}' } }");

        var env = File.ReadAllLines(Directory.GetFiles(_run.Scope.OutRoot, "e", SearchOption.AllDirectories).Single());
        env.ShouldContain("HERS=kept");
        env.ShouldContain("MINE=a=b");
        env.ShouldContain($"ARV_RUN=run-1:{_run.Scope.Root}");
        env.ShouldContain(static line => line.StartsWith("HERE=/") && line.EndsWith("/out"));
        env.ShouldAllBe(static line => !line.StartsWith("GITHUB_TOKEN=") && !line.StartsWith("ARV_STATE="));
    }

    [LinuxFact]
    public async Task Nor_a_token_of_the_workflow_nor_the_files_that_its_runner_reads()
    {
        string[] names = [.. ChildEnvironment.Withheld.Where(static n => !n.Contains('-')), .. ChildEnvironment.RunnerFiles];
        foreach (var name in names)
            _run.Caller[name] = "not-for-you-1";
        foreach (var expected in new[] { "INPUT_TOKEN", "ARV_GITHUB_TOKEN", "ACTIONS_RUNTIME_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "GITHUB_ENV", "GITHUB_OUTPUT" })
            names.ShouldContain(expected);

        var outcome = await _run.Run("{ run: [sh, -c, 'env; exit 1'] }");

        var env = File.ReadAllLines(Directory.GetFiles(_run.Scope.OutRoot, "stdout.txt", SearchOption.AllDirectories).Single());
        env.ShouldContain(static line => line.StartsWith("PATH="));
        env.ShouldAllBe(line => !names.Any(name => line.StartsWith(name + "=")) && !line.Contains("not-for-you-1"));
        outcome.Findings.ShouldNotBeEmpty();
    }

    [LinuxFact]
    public async Task Secrets_are_redacted_wherever_output_is_shown()
    {
        _run.Caller["GITHUB_TOKEN"] = "not-for-you-1";
        _run.Repository.Write("golden", "nothing\n");

        var outcome = await _run.Script("echo not-for-you-1 ghp_abcdefghijklmnopqrstuvwxyz0123456789; exit 1", "stdout: golden");

        outcome.Findings.Length.ShouldBe(2);
        outcome.Findings.ShouldAllBe(static finding => !finding.Message.Contains("not-for-you-1") && !finding.Message.Contains("ghp_abc"));
        outcome.Details!.Value.GetProperty("outputTail").GetString().ShouldBe("*** ***");
    }

    [LinuxFact]
    public async Task A_command_runs_in_its_cwd()
    {
        _run.Repository.Write("sub/tool", "");

        var outcome = await _run.Run("{ run: [sh, -c, 'test -f tool'], cwd: sub }");

        outcome.Findings.ShouldBeEmpty();
    }

    [LinuxTheory]
    [InlineData("absent", "cwd: there is no folder \"absent\"")]
    [InlineData("away", "cwd: \"away\" is a link that leads out of the repository")]
    public async Task A_cwd_that_is_not_in_the_repository_is_refused(string cwd, string reason)
    {
        File.CreateSymbolicLink(_run.Repository.At("away"), "/usr");

        (await _run.Run($"{{ run: [\"true\"], cwd: {cwd} }}")).Refusal.ShouldBe(reason);
    }

    [LinuxFact]
    public async Task The_network_is_off_where_the_system_can()
    {
        var outcome = await _run.Run("{ run: [sh, -c, 'cat /proc/net/dev | wc -l'], network: off }");

        var network = outcome.Details!.Value.GetProperty("network").GetString();
        if (network != "off (enforced)")
        {
            network.ShouldNotBeNull().ShouldStartWith("off (not enforced: ");
            return;
        }
        outcome.Findings.ShouldBeEmpty();
        outcome.Details!.Value.GetProperty("outputTail").GetString().ShouldBe("3", "two lines of heading, and the loopback");
    }

    [LinuxFact]
    public async Task Unchanged_is_green_when_only_ignored_files_change()
    {
        Files();

        var outcome = await _run.Script("echo b > ignored.log; cat a > /dev/null; touch a; cat a > b; mv b a", "unchanged: true");

        outcome.Refusal.ShouldBeNull();
        outcome.Findings.ShouldBeEmpty();
    }

    [LinuxTheory]
    [InlineData("echo b > a", "a", "changed by the command: a")]
    [InlineData("cp -p a k; echo b > a; touch -r k a; rm k", "a", "changed by the command: a")]
    [InlineData("rm a", "a", "deleted by the command: a")]
    [InlineData("echo n > new", "new", "added by the command: new")]
    [InlineData("chmod +x a", "a", "changed by the command: a")]
    [InlineData("ln -sf b.txt link", "link", "changed by the command: link")]
    [InlineData("rm a; mkdir a; echo x > a/b", "a", "deleted by the command: a")]
    public async Task Unchanged_finds_what_the_command_changed(string script, string path, string message)
    {
        Files();

        var outcome = await _run.Script(script, "unchanged: true");

        outcome.Findings.ShouldContain(finding => finding.Rule == "ARV3008" && finding.Path == path && finding.Message == message);
    }

    [LinuxFact]
    public async Task A_command_may_delete_its_out_folder()
    {
        var outcome = await _run.Script("rm -r \"$1\"; echo done");

        outcome.Refusal.ShouldBeNull();
        outcome.Findings.ShouldBeEmpty();
        (await _run.Script("rm -r \"$1\"; echo done.", "results: { file: '{out}/*.xml' }")).Refusal.ShouldNotBeNull().ShouldStartWith("no result file");
        (await _run.Script("rm -r \"$1\"; echo done..", "results: { file: '{out}/a.xml' }")).Refusal.ShouldBe("result file {out}/a.xml is not there: the command did not write it");
        (await _run.Script("rm -r \"$(dirname \"$1\")\"; echo gone")).Refusal.ShouldBeNull();
    }

    [Theory]
    [InlineData("{ run: [] }", "arv.yml:1:8: error: exec: run: expected a list of at least 1, found 0")]
    [InlineData("{ run: [a], cwd: ../x }", "arv.yml:1:18: error: exec: \"../x\" leads out of its folder")]
    [InlineData("{ run: [a], stdout: /etc/x }", "arv.yml:1:21: error: exec: \"/etc/x\" is an absolute path; paths are relative to the root of the repository")]
    [InlineData("{ run: [a], env: { ARV_RUN: x } }", "arv.yml:1:20: error: exec: env: ARV_RUN is set by arv itself, and tells a nested run from another")]
    [InlineData("{ run: [a], results: { file: 'a/{out}/b' } }", "arv.yml:1:30: error: exec: {out} can only be the beginning of a file's path: {out}/results.xml")]
    [InlineData("{ run: [\"a\\0b\"] }", "arv.yml:1:9: error: exec: no argument or variable can hold a NUL character")]
    [InlineData("{ run: [a], json: { file: x, schema: y.json } }", "arv.yml:1:38: error: exec: json: there is no schema \"y.json\"")]
    [InlineData("{ run: [a], exit: [0, 256] }", "arv.yml:1:23: error: exec: exit: expected a whole number from 0 to 255, found \"256\"")]
    [InlineData("{ run: [a], retris: 1 }", "arv.yml:1:13: error: exec: unknown key \"retris\"; did you mean \"retries\"? expected one of run, cwd, env, exit, stdout, results, json, unchanged, network, retries")]
    public void A_bad_block_is_an_error_at_its_place(string block, string error) =>
        ExecRun.TryRead(block).Errors.ShouldBe([error]);

    [LinuxFact]
    public async Task A_folder_of_the_run_inside_the_tree_is_no_change_of_it()
    {
        Files();
        _run.OutFolder = _run.Repository.At("work");

        (await _run.Script("echo x > \"$1\"/x", "unchanged: true")).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void The_marker_of_a_run_can_be_read_back_and_no_two_are_alike()
    {
        RunMarker.TryParse(new RunMarker("a", "/x:y").ToString(), out var marker).ShouldBeTrue();
        marker.ShouldBe(new RunMarker("a", "/x:y"));
        RunMarker.IsNested("a:/x:y", "/x:y").ShouldBeTrue();
        RunMarker.IsNested("a:/x", "/x/y").ShouldBeFalse();
        RunMarker.IsNested("nonsense", "/x").ShouldBeFalse();
        RunMarker.IsNested(null, "/x").ShouldBeFalse();
    }

    public void Dispose() => _run.Dispose();

    private void Files()
    {
        Directory.CreateDirectory(_run.Repository.At(".git/objects"));
        Directory.CreateDirectory(_run.Repository.At(".git/refs"));
        _run.Repository.Write(".git/HEAD", "ref: refs/heads/main\n");
        _run.Repository.Write(".gitignore", "*.log\n");
        _run.Repository.Write("a", "a\n");
        _run.Repository.Write("b.txt", "b\n");
        _run.Repository.Write("ignored.log", "a\n");
        File.CreateSymbolicLink(_run.Repository.At("link"), "a");
    }
}
