using System.Text.Json;
using GitIntent.Reliability.Conformance.Scenes;
using static GitIntent.Reliability.Conformance.Checks.Runs;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>Where a run goes on, and with what; with a checkpoint or without.</summary>
internal static class ResumeAnalysis
{
    public static ConformanceCheck Check { get; } = new("resume-analysis", "Resume analysis",
    [
        new("first-not-done", "The resume point is the first step that is not done, never a count: with steps done, failed, done it is index 1.", FirstNotDone),
        new("skipped-is-done", "Skipped steps are done; running ones are not.", SkippedIsDone),
        new("name-and-index-agree", "Id, name and index of the resume point are those of one step.", NamesAgree),
        new("all-done", "Where all steps are done, or there are none, nothing is left to resume.", AllDone),
        new("ended-runs-refused", "A run that is completed, or was cancelled, is refused, and the refusal says which.", Ended),
        new("skip-to-step", "A run goes on at the step that is asked for: by its id, or by its name where only one step has it.", SkipTo),
        new("forced-restart", "A forced restart begins at the first step as a new attempt and says which results it abandons; a cancelled run has to be asked for.", Restart),
        new("falsy-artifacts-kept", "Artifacts keep falsy values: false, 0, empty text, null, an empty list.", Falsy),
        new("artifacts-by-step", "Artifacts are kept by step, not by name: two steps of one name have one each.", ByStep),
        new("artifacts-before-point", "Artifacts come only from completed steps before the resume point.", BeforePoint),
        new("overrides-win", "Overriding artifacts replace or join those of the steps, also with a checkpoint and a step to skip to.", Overrides),
        new("merge-later-wins", "Of two sets of artifacts the later wins; neither is changed.", Merge),
        new("foreign-checkpoint-refused", "A checkpoint of another run, tenant or definition is refused, and the refusal says what differs.", Foreign),
        new("newer-state-wins", "An older checkpoint never beats newer run state; a newer one is believed.", Newer),
        new("checkpoint-told", "The result says by which checkpoint it goes on: none where there is none, or the run's state is newer.", CheckpointTold),
        new("attempt-goes-on", "A run goes on in the attempt that the newer of run and checkpoint knows; a forced restart is the one after it.", AttemptGoesOn),
        new("contradiction-refused", "A forced restart and a step to skip to contradict each other, and are refused.", ContradictionRefused),
        new("same-revision-joined", "A checkpoint of the run's own revision is believed too: what either of them knows to be done is done.", SameRevision),
        new("done-steps-skipped", "A step is skipped where it is done, or known to be done by its id.", ShouldSkip),
        new("inputs-unchanged", "Analysing changes nothing, and what it returns are copies.", Unchanged),
    ]);

    private static ResumeResult Analyze(Scene s, RunState run, RunCheckpoint? checkpoint = null, ResumeOptions? options = null)
    {
        var steps = string.Join(", ", run.Steps.Select(static x => $"{x.Id} {x.Status.ToString().ToLowerInvariant()}"));
        var asked = options is null ? "" : $"{(options.ForceRestart ? ", restart" : "")}{(options.SkipToStep is { } to ? $", skip to {to}" : "")}{(options.OverrideArtifacts is null ? "" : ", overrides")}";
        return s.Call($"analyze {run.Status.ToString().ToLowerInvariant()} run ({steps}){(checkpoint is null ? "" : " with checkpoint")}{asked}", () => s.Resume.Analyze(run, checkpoint, options),
            static r => r is null ? "nothing" : r.Success ? $"go on at index {r.StartIndex}, step {r.StartStepId}, attempt {r.Attempt}, artifacts: {Text(r.Artifacts)}" : $"refused: {r.Refusal}")
            ?? throw new BrokenPromiseException("The analysis returned null.");
    }

    private static void StartsAt(Scene s, ResumeResult result, int index, string id, string what)
    {
        s.Holds(result.Success, $"{what}: refused ({result.Refusal}), although the run can go on at index {index}.");
        s.Same((result.StartIndex, result.StartStepId), (index, id), what);
    }

    private static void Refused(Scene s, ResumeResult result, ResumeRefusal why, string what, params string[] mentions)
    {
        s.Holds(!result.Success, $"{what}: the run goes on at index {result.StartIndex}, although it has to be refused.");
        s.Same(result.Refusal, why, what);
        foreach (var mention in mentions)
            s.Holds(result.Error?.Contains(mention, StringComparison.Ordinal) == true, $"{what}: the error does not name {mention}.");
    }

    private static Task FirstNotDone(Scene s)
    {
        StartsAt(s, Analyze(s, ThreeSteps), 1, "b", "The resume point of done, failed, done");
        StartsAt(s, Analyze(s, Run(("a", StepStatus.Pending, null), ("b", StepStatus.Completed, null))), 0, "a", "The resume point of pending, done");
        StartsAt(s, Analyze(s, Run(("a", StepStatus.Completed, null), ("b", StepStatus.Completed, null), ("c", StepStatus.Pending, null))), 2, "c", "The resume point of done, done, pending");
        StartsAt(s, Analyze(s, Run(("a", StepStatus.Completed, null), ("b", StepStatus.Pending, null), ("c", StepStatus.Failed, null))), 1, "b", "The resume point of done, pending, failed");
        return Task.CompletedTask;
    }

    private static Task SkippedIsDone(Scene s)
    {
        StartsAt(s, Analyze(s, Run(("a", StepStatus.Skipped, null), ("b", StepStatus.Running, null), ("c", StepStatus.Pending, null))), 1, "b", "The resume point of skipped, running, pending");
        return Task.CompletedTask;
    }

    private static Task NamesAgree(Scene s)
    {
        var run = ThreeSteps;
        foreach (var options in new[] { null, new ResumeOptions { SkipToStep = "c" }, new ResumeOptions { ForceRestart = true } })
        {
            var result = Analyze(s, run, RunCheckpoint.Of(run), options);
            s.Holds(result.StartIndex is >= 0 and < 3, "There is no resume point.");
            var step = run.Steps[result.StartIndex!.Value];
            s.Same((result.StartStepId, result.StartStepName), (step.Id, step.Name), "Id and name of the step");
        }

        return Task.CompletedTask;
    }

    private static Task AllDone(Scene s)
    {
        Refused(s, Analyze(s, Run(("a", StepStatus.Completed, null), ("b", StepStatus.Skipped, null))), ResumeRefusal.NothingToResume, "A run whose steps are all done");
        Refused(s, Analyze(s, Run()), ResumeRefusal.NothingToResume, "A run without steps");
        Refused(s, Analyze(s, Run(), null, new ResumeOptions { ForceRestart = true }), ResumeRefusal.NothingToResume, "A forced restart of a run without steps");
        return Task.CompletedTask;
    }

    private static Task Ended(Scene s)
    {
        Refused(s, Analyze(s, ThreeSteps with { Status = RunStatus.Completed }), ResumeRefusal.AlreadyCompleted, "A completed run", "run-1");
        Refused(s, Analyze(s, ThreeSteps with { Status = RunStatus.Cancelled }), ResumeRefusal.WasCancelled, "A cancelled run", "run-1");
        Refused(s, Analyze(s, ThreeSteps with { Status = RunStatus.Cancelled }, null, new ResumeOptions { SkipToStep = "c" }), ResumeRefusal.WasCancelled, "A cancelled run with a step to skip to");
        foreach (var status in new[] { RunStatus.Running, RunStatus.Paused, RunStatus.Pending, RunStatus.Failed })
            StartsAt(s, Analyze(s, ThreeSteps with { Status = status }), 1, "b", $"The resume point of a {status.ToString().ToLowerInvariant()} run");
        return Task.CompletedTask;
    }

    private static Task SkipTo(Scene s)
    {
        var run = ThreeSteps;
        StartsAt(s, Analyze(s, run, null, new ResumeOptions { SkipToStep = "c" }), 2, "c", "The step that is asked for by its id");
        StartsAt(s, Analyze(s, run, null, new ResumeOptions { SkipToStep = "a" }), 0, "a", "A done step that is asked for by its id");
        StartsAt(s, Analyze(s, Run(("a", StepStatus.Completed, null), ("b", StepStatus.Completed, null)), null, new ResumeOptions { SkipToStep = "b" }), 1, "b", "A step that is asked for where all are done");
        StartsAt(s, Analyze(s, run, null, new ResumeOptions { SkipToStep = "agent-c" }), 2, "c", "The step that is asked for by its name");
        Refused(s, Analyze(s, run, null, new ResumeOptions { SkipToStep = "x" }), ResumeRefusal.StepNotFound, "A step that does not exist", "x");
        var twins = run with { Steps = [.. run.Steps.Select(static x => x with { Name = "agent" })] };
        Refused(s, Analyze(s, twins, null, new ResumeOptions { SkipToStep = "agent" }), ResumeRefusal.StepAmbiguous, "A name that three steps have", "agent");
        var confusing = run with { Steps = [run.Steps[0] with { Name = "c" }, run.Steps[1], run.Steps[2]] };
        StartsAt(s, Analyze(s, confusing, null, new ResumeOptions { SkipToStep = "c" }), 2, "c", "An id that is another step's name");
        return Task.CompletedTask;
    }

    private static Task Restart(Scene s)
    {
        var force = new ResumeOptions { ForceRestart = true };
        var result = Analyze(s, ThreeSteps with { Attempt = 2 }, null, force);
        StartsAt(s, result, 0, "a", "The first step of a forced restart");
        s.Same(result.Attempt, 3, "The attempt of a forced restart");
        s.Same(string.Join(" ", result.Abandoned), "a c", "The steps whose results are abandoned");
        s.Same(Text(result.Artifacts), "", "The artifacts of a forced restart");
        s.Same(Analyze(s, ThreeSteps with { Attempt = 2 }).Attempt, 2, "The attempt of a run that goes on");
        s.Same(Analyze(s, ThreeSteps with { Attempt = 2 }, RunCheckpoint.Of(ThreeSteps with { Revision = 6, Attempt = 4 }), force).Attempt, 5, "The attempt of a forced restart, where a newer checkpoint is of the fourth");
        StartsAt(s, Analyze(s, ThreeSteps with { Status = RunStatus.Completed }, null, force), 0, "a", "A forced restart of a completed run");
        Refused(s, Analyze(s, ThreeSteps with { Status = RunStatus.Cancelled }, null, force), ResumeRefusal.WasCancelled, "A forced restart of a cancelled run");
        StartsAt(s, Analyze(s, ThreeSteps with { Status = RunStatus.Cancelled }, null, force with { RestartCancelled = true }), 0, "a", "A forced restart of a cancelled run that was asked for");
        return Task.CompletedTask;
    }

    private static Task Falsy(Scene s)
    {
        var run = Run(("a", StepStatus.Completed, "false"), ("b", StepStatus.Completed, "0"), ("c", StepStatus.Completed, "\"\""), ("d", StepStatus.Completed, "null"), ("e", StepStatus.Completed, "[]"), ("f", StepStatus.Completed, null), ("g", StepStatus.Pending, null));
        s.Same(Text(Analyze(s, run).Artifacts), "a=false b=0 c=\"\" d=null e=[]", "The artifacts of the run");
        s.Same(Text(Analyze(s, run, RunCheckpoint.Of(run)).Artifacts), "a=false b=0 c=\"\" d=null e=[]", "The artifacts of the checkpoint");
        var merged = s.Call("merge", () => s.Resume.MergeArtifacts(Set(("a", "1"), ("b", "1")), Set(("a", "false"), ("b", "null"))), Text);
        s.Same(Text(merged), "a=false b=null", "The merged artifacts");
        return Task.CompletedTask;
    }

    private static Task ByStep(Scene s)
    {
        var run = Run(("a", StepStatus.Completed, "1"), ("b", StepStatus.Completed, "2"), ("c", StepStatus.Pending, null));
        run = run with { Steps = [.. run.Steps.Select(static x => x with { Name = "coder" })] };
        s.Same(Text(Analyze(s, run).Artifacts), "a=1 b=2", "The artifacts of two steps of one name");
        return Task.CompletedTask;
    }

    private static Task BeforePoint(Scene s)
    {
        var run = Run(("a", StepStatus.Completed, "1"), ("b", StepStatus.Skipped, "2"), ("c", StepStatus.Failed, "3"), ("d", StepStatus.Completed, "4"), ("e", StepStatus.Pending, null));
        s.Same(Text(Analyze(s, run).Artifacts), "a=1", "The artifacts before the failed step");
        s.Same(Text(Analyze(s, run, null, new ResumeOptions { SkipToStep = "e" }).Artifacts), "a=1 d=4", "The artifacts before the last step");
        s.Same(Text(Analyze(s, run, RunCheckpoint.Of(run)).Artifacts), "a=1", "The artifacts before the failed step, with a checkpoint");
        return Task.CompletedTask;
    }

    private static Task Overrides(Scene s)
    {
        var run = ThreeSteps;
        var overrides = Set(("a", "\"mine\""), ("x", "null"));
        s.Same(Text(Analyze(s, run, null, new ResumeOptions { OverrideArtifacts = overrides }).Artifacts), "a=\"mine\" x=null", "The artifacts with overrides");
        s.Same(Text(Analyze(s, run, RunCheckpoint.Of(run), new ResumeOptions { OverrideArtifacts = overrides, SkipToStep = "c" }).Artifacts), "a=\"mine\" x=null", "The artifacts with overrides, a checkpoint and a step to skip to");
        s.Same(Text(Analyze(s, run, RunCheckpoint.Of(run), new ResumeOptions { OverrideArtifacts = Set(("x", "1")) }).Artifacts), "a=\"A\" x=1", "The artifacts with an override that joins them");
        s.Same(Text(Analyze(s, run, null, new ResumeOptions { OverrideArtifacts = overrides, ForceRestart = true }).Artifacts), "a=\"mine\" x=null", "The artifacts of a forced restart with overrides");
        return Task.CompletedTask;
    }

    private static Task Merge(Scene s)
    {
        var (prior, current) = (Set(("a", "1"), ("b", "1")), Set(("b", "2"), ("c", "2")));
        var merged = s.Call("merge {a=1 b=1} and {b=2 c=2}", () => s.Resume.MergeArtifacts(prior, current), Text);
        s.Same(Text(merged), "a=1 b=2 c=2", "The merged artifacts");
        s.Same((Text(prior), Text(current)), ("a=1 b=1", "b=2 c=2"), "The sets that were merged");
        s.Same(Text(s.Resume.MergeArtifacts(Set(("a", "1")), Set(("A", "2")))), "A=2 a=1", "The merged artifacts of ids that differ in case");
        return Task.CompletedTask;
    }

    private static Task Foreign(Scene s)
    {
        var run = ThreeSteps;
        var checkpoint = RunCheckpoint.Of(run);
        Refused(s, Analyze(s, run, checkpoint with { RunId = "run-2" }), ResumeRefusal.CheckpointMismatch, "A checkpoint of another run", "run-2");
        Refused(s, Analyze(s, run, checkpoint with { Tenant = "acme" }), ResumeRefusal.CheckpointMismatch, "A checkpoint of another tenant", "acme");
        Refused(s, Analyze(s, run, checkpoint with { DefinitionFingerprint = "other" }), ResumeRefusal.CheckpointMismatch, "A checkpoint of another definition", "other");
        var reordered = run with { Steps = [run.Steps[1], run.Steps[0], run.Steps[2]] };
        Refused(s, Analyze(s, reordered, checkpoint), ResumeRefusal.CheckpointMismatch, "A checkpoint of the steps in another order");
        StartsAt(s, Analyze(s, run, checkpoint), 1, "b", "The resume point with the run's own checkpoint");
        return Task.CompletedTask;
    }

    private static Task Newer(Scene s)
    {
        var older = Run(("a", StepStatus.Completed, "1"), ("b", StepStatus.Pending, null), ("c", StepStatus.Pending, null)) with { Revision = 4 };
        var newer = Run(("a", StepStatus.Completed, "10"), ("b", StepStatus.Completed, "2"), ("c", StepStatus.Failed, null)) with { Revision = 7 };
        var result = Analyze(s, newer, RunCheckpoint.Of(older));
        StartsAt(s, result, 2, "c", "The resume point of newer state with an older checkpoint");
        s.Same(Text(result.Artifacts), "a=10 b=2", "The artifacts of newer state with an older checkpoint");
        result = Analyze(s, older, RunCheckpoint.Of(newer));
        StartsAt(s, result, 2, "c", "The resume point of older state with a newer checkpoint");
        s.Same(Text(result.Artifacts), "a=10 b=2", "The artifacts of older state with a newer checkpoint");
        Refused(s, Analyze(s, older, RunCheckpoint.Of(newer with { Status = RunStatus.Completed })), ResumeRefusal.AlreadyCompleted, "Older state with a newer checkpoint of a completed run");
        Refused(s, Analyze(s, newer with { Status = RunStatus.Cancelled }, RunCheckpoint.Of(older)), ResumeRefusal.WasCancelled, "A cancelled run with an older checkpoint");
        Refused(s, Analyze(s, older, RunCheckpoint.Of(newer with { Status = RunStatus.Cancelled })), ResumeRefusal.WasCancelled, "Older state with a newer checkpoint of a cancelled run");
        Refused(s, Analyze(s, older with { Status = RunStatus.Cancelled }, RunCheckpoint.Of(newer)), ResumeRefusal.WasCancelled, "A cancelled run with a newer checkpoint");
        return Task.CompletedTask;
    }

    private static Task CheckpointTold(Scene s)
    {
        var run = ThreeSteps;
        var checkpoint = RunCheckpoint.Of(run) with { Version = 3 };
        s.Same(Analyze(s, run).Checkpoint?.Version, null, "The version of the checkpoint without any");
        s.Same(Analyze(s, run with { Revision = 4 }, checkpoint).Checkpoint?.Version, 3, "The version of the checkpoint that is newer than the run's state");
        s.Same(Analyze(s, run with { Revision = 6 }, checkpoint).Checkpoint?.Version, null, "The version of the checkpoint that is older than the run's state");
        s.Same(Analyze(s, run, checkpoint).Checkpoint?.Version, 3, "The version of the checkpoint that is as new as the run's state");
        return Task.CompletedTask;
    }

    private static Task SameRevision(Scene s)
    {
        var run = Run(("a", StepStatus.Completed, "1"), ("b", StepStatus.Pending, null), ("c", StepStatus.Pending, null));
        var kept = RunCheckpoint.Of(Run(("a", StepStatus.Pending, null), ("b", StepStatus.Completed, "2"), ("c", StepStatus.Pending, null)));
        var result = Analyze(s, run, kept);
        StartsAt(s, result, 2, "c", "The resume point where the run knows of the first step, and the checkpoint of the second");
        s.Same(Text(result.Artifacts), "a=1 b=2", "The artifacts that either of them has");
        return Task.CompletedTask;
    }

    private static Task AttemptGoesOn(Scene s)
    {
        var run = ThreeSteps with { Attempt = 2 };
        var later = RunCheckpoint.Of(run with { Attempt = 3, Revision = 6 });
        s.Same(Analyze(s, run, later).Attempt, 3, "The attempt by a newer checkpoint of attempt 3");
        s.Same(Analyze(s, run, later, new ResumeOptions { ForceRestart = true }).Attempt, 4, "The attempt of a forced restart by a newer checkpoint of attempt 3");
        return Task.CompletedTask;
    }

    private static Task ContradictionRefused(Scene s)
    {
        Refused(s, Analyze(s, ThreeSteps, null, new ResumeOptions { ForceRestart = true, SkipToStep = "c" }), ResumeRefusal.Contradiction, "A forced restart with a step to skip to");
        return Task.CompletedTask;
    }

    private static Task ShouldSkip(Scene s)
    {
        HashSet<string> done = ["x"];
        foreach (var (id, name, status, expected) in new[]
        {
            ("a", "n", StepStatus.Completed, true), ("a", "n", StepStatus.Skipped, true), ("a", "n", StepStatus.Failed, false), ("a", "n", StepStatus.Running, false), ("a", "n", StepStatus.Pending, false),
            ("x", "n", StepStatus.Pending, true), ("x", "n", StepStatus.Failed, true), ("a", "x", StepStatus.Pending, false), ("X", "n", StepStatus.Pending, false),
        })
        {
            var step = new RunStep { Id = id, Name = name, Status = status };
            s.Same(s.Call($"skip {status.ToString().ToLowerInvariant()} step {id} ({name}), known done: x", () => s.Resume.ShouldSkipStep(step, done), static yes => Show.Value(yes)), expected, $"Whether the {status.ToString().ToLowerInvariant()} step {id} is skipped");
        }

        return Task.CompletedTask;
    }

    private static Task Unchanged(Scene s)
    {
        JsonElement output;
        ResumeResult result;
        using (var document = JsonDocument.Parse("""{"deep":[1,2]}"""))
        {
            output = document.RootElement;
            var run = Run(("a", StepStatus.Completed, null), ("b", StepStatus.Pending, null));
            run = run with { Steps = [run.Steps[0] with { Output = output }, run.Steps[1]] };
            var checkpoint = RunCheckpoint.Of(run);
            var overrides = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["x"] = output };
            var before = JsonText(run);
            result = Analyze(s, run, checkpoint, new ResumeOptions { OverrideArtifacts = overrides });
            s.Same(JsonText(run), before, "The run after it was analysed");
            s.Same(overrides.Count, 1, "How many overrides there are after the analysis");
            s.Same(checkpoint.Artifacts.Count, 1, "How many artifacts the checkpoint has after the analysis");
        }

        try
        {
            s.Same(Text(result.Artifacts), """a={"deep":[1,2]} x={"deep":[1,2]}""", "The artifacts after the document that they came from is gone");
        }
        catch (ObjectDisposedException)
        {
            throw new BrokenPromiseException("The artifacts are gone with the document that they came from: they are no copies.");
        }

        return Task.CompletedTask;

        static string JsonText(RunState run) => string.Join(" ", run.Steps.Select(static x => $"{x.Id} {x.Status} {x.Output?.GetRawText()}"));
    }
}
