using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>Looks at what processes have left that were killed, as the next process.</summary>
internal sealed class CrashJudge(Scene scene, IReadOnlyList<string> parts)
{
    private readonly CrashScript _script = new(scene.IsVirtual);
    private readonly List<CrashProblem> _problems = [];

    /// <param name="ends">In the order in which they ran.</param>
    public async Task<IReadOnlyList<CrashProblem>> JudgeAsync(IReadOnlyList<CrashEnd> ends)
    {
        var things = CrashedThing.Of(_script, ends);
        foreach (var end in ends)
            OfProcess(end, things);
        // What shows while they ran is enough: what it has led to would be told twice.
        if (_problems.Count > 0)
            return _problems;
        foreach (var part in parts)
        {
            var mine = things.Where(t => t.Part == part).ToList();
            NumbersGrow(part, mine);
            await (part switch
            {
                CrashParts.Locks => new CrashedLocks(scene, this, mine).JudgeAsync(),
                CrashParts.Records => new CrashedRecords(scene, this, mine).JudgeAsync(),
                _ => new CrashedCheckpoints(scene, this, mine).JudgeAsync(),
            });
        }

        if (scene.IsVirtual && _problems.Count == 0)
            await new CrashedLeases(scene, this, things).JudgeAsync();
        return _problems;
    }

    /// <summary>Tries something; what breaks, breaks the promise.</summary>
    public async Task TryAsync(string promise, CrashedThing thing, Func<Task> act)
    {
        scene.Fresh();
        thing.Tell(scene.History);
        try
        {
            await act();
        }
        catch (CrashFoundException e)
        {
            _problems.Add(new CrashProblem(e.Promise, e.Message, scene.History.Calls));
        }
        catch (BrokenPromiseException e)
        {
            _problems.Add(new CrashProblem(promise, e.Message, scene.History.Calls));
        }
        catch (OperationCanceledException) when (scene.Stop.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Do not catch general exception types: whatever the subject throws breaks the promise that it works.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _problems.Add(new CrashProblem(CrashPromises.Opens, $"{e.GetType().Name} was thrown after the kill: {e.Message}", scene.History.Calls));
        }
    }

    private void OfProcess(CrashEnd end, IReadOnlyList<CrashedThing> things)
    {
        var failed = end.Story.Calls.FirstOrDefault(static c => c.Error is not null);
        if (end.Story.OpenError is { } error)
            Add(things.LastOrDefault(static t => t.IsUnderWay) ?? (things.Count > 0 ? things[^1] : null), $"A process that came after it could not open the store: {error}");
        else if (failed is not null)
            Add(things.First(t => t.Has(failed)), failed.Error!);
        else if (end.Story.Late)
            Add(things.LastOrDefault(static t => t.IsUnderWay), "A process on this data did not come to an end.");
        else if (!end.Story.Died && !end.Story.Ended)
            Add(things.LastOrDefault(static t => t.IsUnderWay), $"The process {end.How}; it ended before anybody killed it.");

        void Add(CrashedThing? thing, string what)
        {
            scene.Fresh();
            thing?.Tell(scene.History);
            _problems.Add(new CrashProblem(CrashPromises.Opens, what, scene.History.Calls));
        }
    }

    /// <summary>Of the processes themselves: each got numbers greater than all that were acknowledged before it began.</summary>
    private void NumbersGrow(string part, List<CrashedThing> things)
    {
        if (part == CrashParts.Checkpoints)
            return;
        var highest = 0L;
        foreach (var process in things.SelectMany(static t => t.Drawn.Select(d => (Thing: t, d.Process, d.Number))).GroupBy(static d => d.Process).OrderBy(static g => g.Key))
        {
            var lowest = process.MinBy(static d => d.Number);
            if (lowest.Number <= highest)
            {
                scene.Fresh();
                lowest.Thing.Tell(scene.History);
                _problems.Add(new CrashProblem(CrashPromises.FencesGrow, $"The fence {lowest.Number} is not greater than {highest}, which a process was given that had been killed before.", scene.History.Calls));
            }

            highest = Math.Max(highest, process.Max(static d => d.Number));
        }
    }
}

/// <summary>A promise of another name than the one that is tried is broken.</summary>
internal sealed class CrashFoundException(string promise, string what) : Exception(what)
{
    public string Promise { get; } = promise;
}
