using System.Collections.Concurrent;
using System.Diagnostics;
using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Linearizability;

/// <summary>Tries a part of a subject with random calls, and requires that one object, call after call, could have answered them.</summary>
internal abstract class RandomHistories<TState, TOperation>(ISequentialModel<TState, TOperation> model)
    where TState : IEquatable<TState>
    where TOperation : ITimedOperation
{
    private const int Callers = 3;
    private const int Steps = 28;

    /// <summary>How many calls overlap at most: of a history in which all do there are more orders than anybody could try.</summary>
    private const int MostOpen = 8;

    /// <summary>How often a broken plan is tried without some of its steps.</summary>
    private const int MaxShrinks = 150;

    private static readonly TimeSpan s_enough = TimeSpan.FromMilliseconds(30);

    private int _scenes;

    /// <summary>How many kinds of steps there are.</summary>
    protected abstract int Kinds { get; }

    /// <summary>What is tried whatever chance says.</summary>
    protected abstract IReadOnlyList<Race> Races { get; }

    /// <summary>Makes the callers of a scene.</summary>
    protected abstract Task<Func<Step, Task<TOperation?>>> DriveAsync(Scene scene, int callers);

    protected abstract RecordedCall CallOf(TOperation operation);

    /// <summary>On a clock that moves between calls: the same seed, the same history.</summary>
    public async Task VirtualAsync(Scene scene, int rounds)
    {
        scene.NeedsVirtualTime();
        foreach (var race in RacesOn(scene))
        {
            if (await BreaksAsync(scene, race.Plan) is { } calls)
                throw Broken(await ShrinkAsync(scene, race.Plan, calls));
            await InterruptedAsync(scene, race);
        }

        for (var round = 0; round < rounds; round++)
        {
            var plan = Step.Plan(scene.Random, Steps, Callers, Step.Swarm(scene.Random, Kinds + 1));
            if (await BreaksAsync(scene, plan) is { } calls)
                throw Broken(await ShrinkAsync(scene, plan, calls));
        }
    }

    /// <summary>
    /// With a thread for each caller, all at once, while one of them moves the clock too. Where threads are kept waiting for a processor each round takes
    /// long, and shows more: fewer are enough.
    /// </summary>
    public async Task ThreadsAsync(Scene scene, int rounds)
    {
        scene.NeedsVirtualTime();
        var start = Stopwatch.GetTimestamp();
        foreach (var race in RacesOn(scene).Where(static r => r.Theirs.Count > 0))
            await OfThreadsAsync(scene, race, Stopwatch.GetElapsedTime(start) < s_enough ? Math.Max(1, rounds / 4) : 1);
        for (var round = 0; round < rounds && (round < 2 || Stopwatch.GetElapsedTime(start) < 2 * s_enough); round++)
        {
            var swarm = Step.Swarm(scene.Random, Kinds + 1);
            await OfThreadsAsync(scene, [.. Enumerable.Range(0, Callers).Select(c => Step.Plan(scene.Random, Steps / 2, 1, swarm).Select(s => s with { Caller = c }).ToArray())]);
        }
    }

    /// <summary>All of them; of a store that writes to a disk at every call a quarter, another one with another seed.</summary>
    private IEnumerable<Race> RacesOn(Scene scene)
    {
        if (!scene.IsDurable)
            return Races;
        var first = scene.Random.Next(4);
        return Races.Where((_, i) => i % 4 == first);
    }

    /// <summary>The others come between at every place of the one's step, one place after the other.</summary>
    private Task InterruptedAsync(Scene scene, Race race) => Interruption.EachAsync(scene, async _ =>
    {
        var part = await PartAsync(scene);
        await part.AllAsync(race.Before);
        return (part.Clock, () => part.AllAsync([race.Mine]), () => part.AllAsync(race.Theirs), async () =>
        {
            await part.AllAsync([race.After]);
            await part.CloseAsync();
            Judge(part.Operations);
        }
        );
    });

    /// <summary>Two threads, each round on an empty namespace.</summary>
    private async Task OfThreadsAsync(Scene scene, Race race, int rounds)
    {
        var parts = new List<Part>();
        try
        {
            for (var round = 0; round < rounds; round++)
            {
                parts.Add(await PartAsync(scene));
                await parts[round].AllAsync(race.Before);
            }

            await Threads.RunAsync(2, (caller, meet) =>
            {
                foreach (var part in parts)
                {
                    meet();
                    part.AllAsync(caller == 0 ? [race.Mine] : race.Theirs).GetAwaiter().GetResult();
                }

                return true;
            }, scene.Limit);
            foreach (var part in parts)
            {
                await part.AllAsync([race.After]);
                Judge(part.Operations);
            }
        }
        finally
        {
            foreach (var part in parts)
                await part.CloseAsync();
        }
    }

    /// <summary>A thread for each caller. Step by step together, so that the calls do overlap.</summary>
    private async Task OfThreadsAsync(Scene scene, IReadOnlyList<Step[]> plans)
    {
        var part = await PartAsync(scene);
        try
        {
            await Threads.RunAsync(plans.Count, (caller, meet) =>
            {
                foreach (var step in plans[caller])
                {
                    meet();
                    part.AllAsync([step]).GetAwaiter().GetResult();
                }

                return true;
            }, scene.Limit);
            Judge(part.Operations);
        }
        finally
        {
            await part.CloseAsync();
        }
    }

    private async Task<Part> PartAsync(Scene scene)
    {
        var part = scene.Again(++_scenes);
        return new Part(this, scene, part, await DriveAsync(part, Callers));
    }

    private void Judge(IReadOnlyList<TOperation> operations)
    {
        if (WingGong.IsLinearizable(operations, model))
            return;
        IReadOnlyList<TOperation> byEnd = [.. operations.OrderBy(static o => o.Returned)];
        throw Broken([.. byEnd.Take(WingGong.ShortestBrokenPrefix(byEnd, model)).Select(CallOf).OrderBy(static c => c.Invoked)]);
    }

    private static BrokenPromiseException Broken(IReadOnlyList<RecordedCall> calls) =>
        new("No order of these calls, one after the other, gives the results that were seen.", calls);

    /// <returns>The calls, where they cannot be explained.</returns>
    private async Task<IReadOnlyList<RecordedCall>?> BreaksAsync(Scene scene, IReadOnlyList<Step> plan)
    {
        var part = scene.Again(++_scenes);
        try
        {
            var drive = await DriveAsync(part, Callers);
            List<TOperation> operations = [];
            List<Task<TOperation?>> open = [];
            foreach (var step in plan)
            {
                // The clock is not set while a call is open: the times that it shows during a call are all that lie between two.
                if (!step.Burst || Jumps(step) || open.Count == MostOpen)
                    await EndAsync();
                open.Add(Take(part, step, drive, true));
            }

            await EndAsync();
            return WingGong.IsLinearizable(operations, model) ? null : part.History.Calls;

            async Task EndAsync()
            {
                operations.AddRange((await Task.WhenAll(open)).OfType<TOperation>());
                open.Clear();
            }
        }
        finally
        {
            scene.History.Add(part.History.Count);
            await part.CloseAsync();
        }
    }

    private bool Jumps(Step step) => step.What >= Kinds && step.Amount % 7 == 0;

    private Task<TOperation?> Take(Scene scene, Step step, Func<Step, Task<TOperation?>> drive, bool jumps)
    {
        if (step.What < Kinds)
            return drive(step);
        if (jumps && Jumps(step))
            scene.Jump(TimeSpan.FromSeconds(step.Amount % 2 == 0 ? 3 : -3));
        else
            scene.Advance(TimeSpan.FromMilliseconds((step.Amount % 5) switch { 0 => 1, 1 => 500, 2 => 999, 3 => 1000, _ => 5000 }));
        return Task.FromResult<TOperation?>(default);
    }

    /// <summary>Leaves out what is not needed for the history to break, half by half at first, step by step at last (A. Zeller's delta debugging, simplified).</summary>
    private async Task<IReadOnlyList<RecordedCall>> ShrinkAsync(Scene scene, IReadOnlyList<Step> plan, IReadOnlyList<RecordedCall> calls)
    {
        var tries = 0;
        for (var size = plan.Count / 2; size >= 1; size = size == 1 && tries < MaxShrinks && await PassAsync(1) ? 1 : size / 2)
            await PassAsync(size);
        return calls;

        async Task<bool> PassAsync(int size)
        {
            var shorter = false;
            for (var at = plan.Count - size; at >= 0 && tries < MaxShrinks; at -= size)
            {
                tries++;
                Step[] without = [.. plan.Take(at), .. plan.Skip(at + size)];
                if (await BreaksAsync(scene, without) is not { } still)
                    continue;
                (plan, calls, shorter) = (without, still, true);
            }

            return shorter;
        }
    }

    /// <summary>A namespace of its own, and what was done on it.</summary>
    private sealed class Part(RandomHistories<TState, TOperation> histories, Scene whole, Scene scene, Func<Step, Task<TOperation?>> drive)
    {
        private readonly ConcurrentQueue<TOperation> _operations = [];

        public VirtualTime Clock => scene.Clock;

        public IReadOnlyList<TOperation> Operations => [.. _operations];

        public async Task AllAsync(IEnumerable<Step> steps)
        {
            foreach (var step in steps)
            {
                if (await histories.Take(scene, step, drive, false) is { } operation)
                    _operations.Enqueue(operation);
            }
        }

        public async ValueTask CloseAsync()
        {
            whole.History.Add(scene.History.Count);
            await scene.CloseAsync();
        }
    }
}
