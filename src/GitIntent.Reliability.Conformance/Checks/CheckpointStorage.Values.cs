using System.Text.Json;
using GitIntent.Reliability.Conformance.Scenes;
using static GitIntent.Reliability.Conformance.Checks.Runs;

namespace GitIntent.Reliability.Conformance.Checks;

/// <content>What a checkpoint holds, and whose it is.</content>
internal static partial class CheckpointStorage
{
    private static async Task Exact(Scene s)
    {
        var (a, b) = (await s.CheckpointsAsync(), await s.CheckpointsAsync("2"));
        (string Id, StepStatus Status, string? Output)[] steps =
        [
            ("big", StepStatus.Completed, "9007199254740993"), ("small", StepStatus.Completed, "0.1"), ("null", StepStatus.Completed, "null"), ("none", StepStatus.Completed, null),
            ("text", StepStatus.Completed, "\"'; -- \\u0000 \\\" \uD83D\uDD12 é e\u0301\""), ("long", StepStatus.Completed, $"[{string.Join(",", Enumerable.Range(0, 30_000))}]"),
            ("é:%/", StepStatus.Completed, "{\"\":[]}"), ("end", StepStatus.Pending, null),
        ];
        var saved = RunCheckpoint.Of(Run(steps));
        await SaveAsync(s, a, saved);
        var read = await GetAsync(s, b, "run-1");
        s.Holds(read is not null, "The second process finds no checkpoint.");
        foreach (var (id, expected) in saved.Artifacts)
            s.Holds(read.Artifacts.TryGetValue(id, out var found) && JsonElement.DeepEquals(found, expected), $"The artifact of {id} is not read back as it was saved.");
        s.Same(read.Artifacts.Count, saved.Artifacts.Count, "How many artifacts there are");
        s.Same(string.Join("|", read.Steps.Select(static x => $"{x.Id} {x.Name} {x.Status}")), string.Join("|", saved.Steps.Select(static x => $"{x.Id} {x.Name} {x.Status}")), "The steps");
    }

    private static async Task Chain(Scene s)
    {
        var managers = new[] { await s.CheckpointsAsync(), await s.CheckpointsAsync("2") };
        RunCheckpoint? last = null;
        for (var revision = 1; revision <= s.Rounds(30); revision++)
        {
            var next = await SaveAsync(s, managers[revision % 2], RunCheckpoint.Of(ThreeSteps with { Revision = revision, Attempt = revision }, previous: last));
            s.Holds(last is null || next.Version > last.Version, $"The version {next.Version} is not greater than {last?.Version}.");
            last = next;
            var read = await GetAsync(s, managers[(revision + 1) % 2], "run-1");
            s.Same((read?.Version, read?.RunRevision, read?.Attempt), (next.Version, revision, revision), "Version, revision and attempt of the last checkpoint");
        }

        s.Same((await managers[0].ListAsync(null, s.Stop)).Count, 1, "How many checkpoints the run has");
    }

    private static async Task RunsApart(Scene s)
    {
        var (a, b) = (await s.CheckpointsAsync(), await s.CheckpointsAsync("2"));
        string longId = new('x', 511);
        (string Tenant, string Run)[] keys =
        [
            ("default", "run"), ("default", "Run"), ("default", "run "), ("default", "run%"), ("default", "run_"), ("default", "é"), ("default", "e\u0301"), ("default", longId + "1"), ("default", longId + "2"),
            ("a", "b/run"), ("a/b", "run"), ("a", "b:run"), ("a:b", "run"), ("default", "'; --"), ("Default", "run"),
        ];
        for (var i = 0; i < keys.Length; i++)
            await SaveAsync(s, a, RunCheckpoint.Of(ThreeSteps with { RunId = keys[i].Run, Tenant = keys[i].Tenant, Revision = 100 + i }));
        for (var i = 0; i < keys.Length; i++)
        {
            var read = await GetAsync(s, b, new RunKey(keys[i].Run, keys[i].Tenant));
            s.Same((read?.Tenant, read?.RunId, read?.RunRevision), (keys[i].Tenant, keys[i].Run, 100 + i), "The checkpoint of a run");
        }

        s.Holds(await DeleteAsync(s, b, new RunKey("run", "default")), "A checkpoint that is there could not be deleted.");
        s.Same((await a.ListAsync("default", s.Stop)).Count, 9, "How many checkpoints the default tenant has after one was deleted");
    }

    private static async Task Listing(Scene s)
    {
        var (a, b) = (await s.CheckpointsAsync(), await s.CheckpointsAsync("2"));
        s.Same((await a.ListAsync(null, s.Stop)).Count, 0, "How many checkpoints there are at first");
        var count = s.Rounds(250);
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => a.SaveAsync(RunCheckpoint.Of(ThreeSteps with { RunId = $"run-{i:000}", Revision = i }), s.Stop).AsTask()));
        await SaveAsync(s, a, RunCheckpoint.Of(ThreeSteps with { Tenant = "acme" }));
        await SaveAsync(s, a, RunCheckpoint.Of(ThreeSteps with { RunId = "RUN" }));
        s.History.Note("caller", $"save {count + 1} checkpoints");
        var listed = await b.ListAsync(null, s.Stop);
        s.Holds(listed.Select(static c => c.RunId).SequenceEqual(Enumerable.Range(0, count).Select(static i => $"run-{i:000}").Prepend("RUN")), $"The list has {listed.Count} checkpoints, not in order or not all of {count + 1}.");
        foreach (var at in new[] { 1, count / 2, count })
        {
            var read = await GetAsync(s, b, listed[at].RunId);
            s.Same((listed[at].Version, listed[at].RunRevision), (read?.Version ?? 0, read?.RunRevision ?? 0), "Version and revision in the list, and as they can be looked up");
        }
    }

    private static async Task Copies(Scene s)
    {
        var (a, b) = (await s.CheckpointsAsync(), await s.CheckpointsAsync("2"));
        var steps = new List<CheckpointStep> { new("a", "agent-a", StepStatus.Completed, null) };
        var artifacts = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        using (var document = JsonDocument.Parse("""{"deep":[1,2]}"""))
        {
            artifacts["a"] = document.RootElement;
            await SaveAsync(s, a, RunCheckpoint.Of(ThreeSteps) with { Steps = steps, Artifacts = artifacts });
        }

        steps.Clear();
        artifacts.Clear();
        var read = await GetAsync(s, a, "run-1");
        s.Same((read?.Steps.Count, Text(read!.Artifacts)), (1, """a={"deep":[1,2]}"""), "Steps and artifacts after what was saved was changed");
        try
        {
            (read.Artifacts as IDictionary<string, JsonElement>)?.Clear();
            (read.Steps as IList<CheckpointStep>)?.Clear();
        }
        catch (NotSupportedException)
        {
        }

        read = await GetAsync(s, b, "run-1");
        s.Same((read?.Steps.Count, Text(read!.Artifacts)), (1, """a={"deep":[1,2]}"""), "Steps and artifacts after what was read was changed");
    }

    private static async Task Keeps(Scene s)
    {
        var a = await s.CheckpointsAsync();
        var saved = await SaveAsync(s, a, RunCheckpoint.Of(ThreeSteps));
        s.Advance(TimeSpan.FromDays(400));
        s.Same((await GetAsync(s, a, "run-1"))?.Version, saved.Version, "The version of the checkpoint after 400 days");
        s.Jump(TimeSpan.FromDays(-900));
        s.Same((await GetAsync(s, a, "run-1"))?.Version, saved.Version, "The version of the checkpoint after the clock was set back");
        var next = await SaveAsync(s, a, RunCheckpoint.Of(ThreeSteps with { Revision = 6 }, previous: saved));
        s.Holds(next.Version > saved.Version, $"The version {next.Version} after the clock was set back is not greater than {saved.Version}.");
    }

    private static async Task Resumes(Scene s)
    {
        var (a, b) = (await s.CheckpointsAsync(), await s.CheckpointsAsync("2"));
        await SaveAsync(s, a, RunCheckpoint.Of(ThreeSteps));
        var read = await GetAsync(s, b, "run-1");
        var fresh = ThreeSteps with { Revision = 1, Steps = [.. ThreeSteps.Steps.Select(static x => x with { Status = StepStatus.Pending, Output = null })] };
        var result = s.Call("analyze the run by the checkpoint that was read", () => ResumeAnalyzer.Instance.Analyze(fresh, read), static r => r.Success ? $"go on at index {r.StartIndex}" : $"refused: {r.Refusal}");
        s.Same((result.Success, result.StartIndex, Text(result.Artifacts)), (true, 1, "a=\"A\""), "Resume point and artifacts by the checkpoint that was read");
        var other = fresh with { Steps = [.. fresh.Steps, new RunStep { Id = "d", Name = "agent-d" }] };
        s.Same(ResumeAnalyzer.Instance.Analyze(other, read).Refusal, ResumeRefusal.CheckpointMismatch, "Why the checkpoint is refused for a run with another step");
    }
}
