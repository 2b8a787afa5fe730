using System.Text.Json;
using static GitIntent.Reliability.Tests.Resume.Runs;

namespace GitIntent.Reliability.Tests.Resume;

public class AnalyzerTests
{
    private readonly ResumeAnalyzer _analyzer = ResumeAnalyzer.Instance;

    [Theory]
    [InlineData("dp", 1)]
    [InlineData("dfd", 1)]
    [InlineData("dsr", 2)]
    [InlineData("pdd", 0)]
    [InlineData("ddf", 2)]
    [InlineData("p", 0)]
    public void It_goes_on_at_the_first_step_that_is_not_done(string steps, int index)
    {
        var result = _analyzer.Analyze(Of(steps));
        (result.Success, result.StartIndex, result.StartStepId, result.StartStepName).ShouldBe((true, index, $"s{index}", index % 2 == 0 ? "coder" : $"agent{index}"));
    }

    [Fact]
    public void All_done_or_no_step_at_all_leaves_nothing_to_resume()
    {
        _analyzer.Analyze(Of("dsd")).Refusal.ShouldBe(ResumeRefusal.NothingToResume);
        _analyzer.Analyze(Of("")).Refusal.ShouldBe(ResumeRefusal.NothingToResume);
        _analyzer.Analyze(Of(""), null, new() { ForceRestart = true }).Refusal.ShouldBe(ResumeRefusal.NothingToResume);
    }

    [Fact]
    public void A_completed_or_cancelled_run_is_refused()
    {
        _analyzer.Analyze(Of("dp", RunStatus.Completed)).Refusal.ShouldBe(ResumeRefusal.AlreadyCompleted);
        var cancelled = _analyzer.Analyze(Of("dp", RunStatus.Cancelled));
        (cancelled.Refusal, cancelled.StartIndex).ShouldBe((ResumeRefusal.WasCancelled, null));
        cancelled.Error.ShouldNotBeNull().ShouldContain("run");
    }

    [Fact]
    public void Artifacts_come_from_completed_steps_before_the_point_keyed_by_step_and_keep_falsy_values()
    {
        var run = Of("dddsfdp");
        string[] falsy = ["null", "false", "0"];
        run = run with { Steps = [.. run.Steps.Select((s, i) => i < 3 ? s with { Output = Json(falsy[i]) } : s)] };
        var result = _analyzer.Analyze(run);
        result.StartIndex.ShouldBe(4);
        result.Artifacts.Select(a => (a.Key, a.Value.GetRawText())).ShouldBe([("s0", "null"), ("s1", "false"), ("s2", "0")]);
    }

    [Fact]
    public void Skip_to_goes_by_id_or_by_a_name_that_only_one_step_has()
    {
        var run = Of("dfpp");
        _analyzer.Analyze(run, null, new() { SkipToStep = "s2" }).StartIndex.ShouldBe(2);
        var byName = _analyzer.Analyze(run, null, new() { SkipToStep = "agent3", OverrideArtifacts = new Dictionary<string, JsonElement> { ["s1"] = Json("1"), ["s0"] = Json("\"mine\"") } });
        byName.StartIndex.ShouldBe(3);
        byName.Artifacts.Select(a => (a.Key, a.Value.GetRawText())).ShouldBe([("s0", "\"mine\""), ("s1", "1")]);
        _analyzer.Analyze(run, null, new() { SkipToStep = "coder" }).Refusal.ShouldBe(ResumeRefusal.StepAmbiguous);
        _analyzer.Analyze(run, null, new() { SkipToStep = "nobody" }).Refusal.ShouldBe(ResumeRefusal.StepNotFound);
    }

    [Fact]
    public void A_checkpoint_that_is_newer_is_used_and_skip_to_and_overrides_combine_with_it()
    {
        var checkpoint = RunCheckpoint.Of(Of("ddp", revision: 5), new Dictionary<string, JsonElement> { ["s1"] = Json("{}") });
        var result = _analyzer.Analyze(Of("ppp"), checkpoint);
        (result.StartIndex, result.Checkpoint).ShouldBe((2, checkpoint));
        result.Artifacts["s1"].GetRawText().ShouldBe("{}");
        var skipped = _analyzer.Analyze(Of("ppp"), checkpoint, new() { SkipToStep = "s1", OverrideArtifacts = new Dictionary<string, JsonElement> { ["s0"] = Json("7") } });
        skipped.StartIndex.ShouldBe(1);
        skipped.Artifacts.Select(a => (a.Key, a.Value.GetRawText())).ShouldBe([("s0", "7")]);
    }

    [Fact]
    public void A_checkpoint_that_is_older_never_beats_the_runs_state()
    {
        var checkpoint = RunCheckpoint.Of(Of("ddp", revision: 5));
        var result = _analyzer.Analyze(Of("dfp", revision: 6), checkpoint);
        (result.StartIndex, result.Checkpoint).ShouldBe((1, null));
        result.Artifacts.Keys.ShouldBe(["s0"]);
        _analyzer.Analyze(Of("pdp", revision: 5), RunCheckpoint.Of(Of("dpp", revision: 5))).StartIndex.ShouldBe(2);
    }

    [Fact]
    public void A_checkpoint_of_another_run_tenant_or_definition_is_refused_with_what_differs()
    {
        var run = Of("dp");
        (RunState Other, string Says)[] cases =
        [
            (run with { RunId = "run-2" }, "run-2"), (run with { Tenant = "acme" }, "acme"), (Of("dpp"), "definition"), (run with { DefinitionFingerprint = "x" }, "definition x"),
        ];
        foreach (var (other, says) in cases)
        {
            foreach (var options in new ResumeOptions[] { new(), new() { ForceRestart = true }, new() { SkipToStep = "s0" } })
            {
                var result = _analyzer.Analyze(run, RunCheckpoint.Of(other), options);
                result.Refusal.ShouldBe(ResumeRefusal.CheckpointMismatch);
                result.Error.ShouldNotBeNull().ShouldContain(says);
            }
        }
    }

    [Fact]
    public void A_forced_restart_is_a_new_attempt_and_says_what_it_abandons()
    {
        var result = _analyzer.Analyze(Of("dsp", RunStatus.Completed) with { Attempt = 2 }, null, new() { ForceRestart = true, OverrideArtifacts = new Dictionary<string, JsonElement> { ["x"] = Json("1") } });
        (result.StartIndex, result.Attempt).ShouldBe((0, 3));
        result.Abandoned.ShouldBe(["s0", "s1"]);
        result.Artifacts.Keys.ShouldBe(["x"]);
        _analyzer.Analyze(Of("ppp"), RunCheckpoint.Of(Of("dpp", revision: 1) with { Attempt = 4 }), new() { ForceRestart = true }).ShouldSatisfyAllConditions(
            r => r.Attempt.ShouldBe(5), r => r.Abandoned.ShouldBe(["s0"]));
        _analyzer.Analyze(Of("dp", RunStatus.Cancelled), null, new() { ForceRestart = true }).Refusal.ShouldBe(ResumeRefusal.WasCancelled);
        _analyzer.Analyze(Of("dp", RunStatus.Cancelled), null, new() { ForceRestart = true, RestartCancelled = true }).StartIndex.ShouldBe(0);
        _analyzer.Analyze(Of("dp"), null, new() { ForceRestart = true, SkipToStep = "s1" }).Refusal.ShouldBe(ResumeRefusal.Contradiction);
    }

    [Fact]
    public void Artifacts_are_copies_that_outlive_their_document()
    {
        ResumeResult result;
        using (var document = JsonDocument.Parse("""{"a":[1]}"""))
        {
            var run = Of("dp");
            result = _analyzer.Analyze(run with { Steps = [run.Steps[0] with { Output = document.RootElement }, run.Steps[1]] });
        }

        result.Artifacts["s0"].GetRawText().ShouldBe("""{"a":[1]}""");
    }

    [Fact]
    public void A_merge_lets_the_later_win_and_changes_neither()
    {
        var prior = new Dictionary<string, JsonElement> { ["a"] = Json("1"), ["b"] = Json("2") };
        var current = new Dictionary<string, JsonElement> { ["b"] = Json("false"), ["c"] = Json("null") };
        _analyzer.MergeArtifacts(prior, current).Select(a => (a.Key, a.Value.GetRawText())).ShouldBe([("a", "1"), ("b", "false"), ("c", "null")]);
        prior["b"].GetRawText().ShouldBe("2");
        prior.Count.ShouldBe(2);
        current.Count.ShouldBe(2);
    }

    [Fact]
    public void A_step_is_skipped_when_it_is_done_or_known_to_be()
    {
        var none = new HashSet<string>();
        var steps = Of("dsfrp").Steps;
        steps.Select(s => _analyzer.ShouldSkipStep(s, none)).ShouldBe([true, true, false, false, false]);
        _analyzer.ShouldSkipStep(steps[4], new HashSet<string> { "s4" }).ShouldBeTrue();
    }

    [Fact]
    public void A_run_that_contradicts_itself_is_refused_at_the_door()
    {
        var run = Of("dp");
        Should.Throw<GwiValidationException>(() => _analyzer.Analyze(run with { Steps = [run.Steps[0], run.Steps[0]] }));
        Should.Throw<GwiValidationException>(() => _analyzer.Analyze(run with { RunId = "" }));
        Should.Throw<GwiValidationException>(() => _analyzer.Analyze(run with { Steps = [run.Steps[0] with { Name = "" }] }));
        Should.Throw<GwiValidationException>(() => _analyzer.Analyze(run, null, new() { OverrideArtifacts = new Dictionary<string, JsonElement> { ["a"] = default } }));
    }

    [Fact]
    public void A_replay_names_the_first_difference()
    {
        var recorded = Replay.Recorded(RunCheckpoint.Of(Of("ddd")));
        Replay.FirstDivergence(recorded, recorded).ShouldBeNull();
        Replay.FirstDivergence(recorded, [recorded[0], recorded[2]]).ShouldBe(new(1, "s1", DivergenceKind.Step, "s1", "s2"));
        Replay.FirstDivergence(recorded, [recorded[0], recorded[1] with { InputHash = "x", Output = null }]).ShouldBe(new(1, "s1", DivergenceKind.Input, "in1", "x"));
        Replay.FirstDivergence(recorded, [recorded[0] with { Output = Json("1") }])!.Kind.ShouldBe(DivergenceKind.Output);
        Replay.FirstDivergence(recorded, [recorded[0] with { Output = null }])!.Actual.ShouldBeNull();
        Replay.FirstDivergence(recorded, [recorded[0]]).ShouldBe(new(1, "s1", DivergenceKind.Missing, "s1", null));
        Replay.FirstDivergence([recorded[0]], recorded).ShouldBe(new(1, "s1", DivergenceKind.Extra, null, "s1"));
        Replay.FirstDivergence([recorded[0] with { Output = Json("""{"a":1,"b":2}""") }], [recorded[0] with { Output = Json("""{"b":2.0,"a":1}""") }]).ShouldBeNull();
    }
}
