using GitIntent.Arv.Kinds;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Kinds.Exec;

/// <summary>What a command's end means for the check.</summary>
[Collection(Commands.Name)]
public sealed class ExecVerdicts : IDisposable
{
    private readonly ExecRun _run = new();

    [LinuxFact]
    public async Task A_command_that_ends_with_the_expected_code_passes()
    {
        var outcome = await _run.Script("exit 3", "exit: 3");

        outcome.Refusal.ShouldBeNull();
        outcome.Findings.ShouldBeEmpty();
        var folder = outcome.Details!.Value.GetProperty("outputFolder").GetString()!;
        File.Exists(Path.Combine(folder, "stdout.txt")).ShouldBeTrue();
        outcome.Details!.Value.GetRawText().ShouldBe($$"""{"exitCode":3,"tests":null,"attempts":1,"flaky":false,"network":"on","outputTail":"","outputFolder":"{{folder}}"}""");
        outcome.Evidence.Read.ShouldBe(1);
    }

    [LinuxFact]
    public async Task Another_code_is_a_finding_and_the_end_of_the_output_is_in_the_details()
    {
        var outcome = await _run.Script("echo one; echo two >&2; exit 1", "exit: [0, 3]");

        outcome.Refusal.ShouldBeNull();
        var finding = outcome.Findings.ShouldHaveSingleItem();
        (finding.Rule, finding.Severity).ShouldBe(("ARV3001", Severity.Error));
        finding.Message.ShouldBe("exit code 1, expected 0 or 3: sh check.sh {out}"); // what varies from run to run stands in the details
        outcome.Details!.Value.GetProperty("outputTail").GetString().ShouldBe("one\ntwo");
    }

    [LinuxFact]
    public async Task The_checks_own_rule_message_and_remedy_are_used()
    {
        _run.Settings = new FindingSettings(Severity.Warning, "DOC001", "The docs are stale", "Run make docs.", "docs/a.md");

        var finding = (await _run.Script("exit 1")).Findings.ShouldHaveSingleItem();

        (finding.Rule, finding.Severity, finding.Remedy, finding.Help).ShouldBe(("DOC001", Severity.Warning, "Run make docs.", "docs/a.md"));
        finding.Message.ShouldBe("The docs are stale: exit code 1, expected 0: sh check.sh {out}");
    }

    [LinuxTheory]
    [InlineData("[no-such-tool-here]", "the command cannot be run: \"no-such-tool-here\" is not in PATH")]
    [InlineData("[./absent.sh]", "the command cannot be run: \"./absent.sh\" is not there")]
    [InlineData("[./plain.txt]", "the command cannot be run: \"./plain.txt\" is not executable")]
    [InlineData("[./folder]", "the command cannot be run: \"./folder\" is a folder")]
    [InlineData("[./broken]", "the system does not start ./broken:")]
    [InlineData("[sh, -c, kill -KILL $$]", "ended by SIGKILL: sh -c 'kill -KILL $$'")]
    public async Task What_cannot_be_run_to_its_end_is_refused_and_says_why(string run, string reason)
    {
        _run.Repository.Write("plain.txt", "echo hi");
        _run.Repository.Write("folder/a", "");
        _run.Repository.WriteExecutable("broken", "#!/no/such/interpreter\n");

        var outcome = await _run.Run($"{{ run: {run}, retries: 1 }}");

        outcome.Refusal.ShouldNotBeNull().ShouldStartWith(reason);
        outcome.Findings.ShouldBeEmpty();
    }

    [LinuxFact]
    public async Task A_time_out_refuses()
    {
        _run.Timeout = TimeSpan.FromSeconds(0.4);

        var outcome = await _run.Script("echo waiting; sleep 600");

        outcome.Refusal.ShouldBe("not done within 0.4 s, and ended with all that it had started: sh check.sh {out}");
        outcome.Details!.Value.GetProperty("exitCode").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        outcome.Details!.Value.GetProperty("outputTail").GetString().ShouldBe("waiting");
    }

    [LinuxFact]
    public async Task What_is_left_running_is_noted_and_changes_no_verdict()
    {
        var outcome = await _run.Script("sleep 612 & echo ok");

        outcome.Refusal.ShouldBeNull();
        var finding = outcome.Findings.ShouldHaveSingleItem();
        (finding.Rule, finding.Severity).ShouldBe(("ARV3009", Severity.Note));
        finding.Message.ShouldEndWith(": sleep 612");
        outcome.Details!.Value.GetProperty("leftovers")[0].GetProperty("command").GetString().ShouldBe("sleep 612");
    }

    [LinuxFact]
    public async Task Invalid_UTF_8_and_terminal_controls_are_made_harmless_text()
    {
        var outcome = await _run.Script(@"printf 'a\377b\033[31mred\033[0m\033]0;title\007\n'; exit 1");

        outcome.Details!.Value.GetProperty("outputTail").GetString().ShouldBe("a\ufffdbred");
    }

    [LinuxFact]
    public async Task A_command_that_passes_when_repeated_is_flaky()
    {
        var outcome = await _run.Script("echo x >> count; [ $(wc -l < count) -ge 3 ]", "retries: 3");

        outcome.Refusal.ShouldBeNull();
        var finding = outcome.Findings.ShouldHaveSingleItem();
        (finding.Rule, finding.Severity).ShouldBe(("ARV3010", Severity.Warning));
        finding.Message.ShouldStartWith("flaky: passed at attempt 3 of 4; the first failed with: exit code 1");
        outcome.Details!.Value.GetProperty("attempts").GetInt32().ShouldBe(3);
        outcome.Details!.Value.GetProperty("flaky").GetBoolean().ShouldBeTrue();
    }

    [LinuxFact]
    public async Task A_command_that_never_passes_is_failed_and_not_flaky()
    {
        var outcome = await _run.Script("echo x >> count; exit 1", "retries: 2");

        outcome.Findings.Single().Rule.ShouldBe("ARV3001");
        outcome.Details!.Value.GetProperty("flaky").GetBoolean().ShouldBeFalse();
        File.ReadAllLines(_run.Repository.At("count")).Length.ShouldBe(3);
    }

    [LinuxFact]
    public async Task Identical_commands_run_once_and_others_for_themselves()
    {
        _run.Repository.Write("check.sh", "echo x >> count; echo {} > \"$1/r.json\"; exit 1");
        _run.Repository.Write("s.json", "{}");
        const string Command = "run: [sh, check.sh, '{out}']";

        var outcomes = await Task.WhenAll(
            _run.Run($"{{ {Command} }}"), _run.Run($"{{ {Command}, exit: 1 }}"), _run.Run($"{{ {Command}, exit: 1, json: {{ file: '{{out}}/r.json', schema: s.json }} }}"));
        File.ReadAllLines(_run.Repository.At("count")).Length.ShouldBe(1);
        outcomes.Select(static outcome => outcome.Findings.Length).ShouldBe([1, 0, 0]);
        outcomes.ShouldAllBe(static outcome => outcome.Refusal == null);

        await _run.Run($"{{ {Command}, env: {{ A: b }} }}");
        File.ReadAllLines(_run.Repository.At("count")).Length.ShouldBe(2);
    }

    [LinuxFact]
    public async Task Stopping_ends_the_check()
    {
        using var stop = new CancellationTokenSource();
        var running = _run.Run("{ run: [sh, -c, 'touch there; sleep 600'] }", stop.Token);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!File.Exists(_run.Repository.At("there")))
            await timer.WaitForNextTickAsync();

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }

    public void Dispose() => _run.Dispose();
}
