using System.Diagnostics;

namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>Does the job of a child process.</summary>
internal sealed class CrashingRun(CrashJob job, CrashJournal journal, CrashScript script)
{
    /// <summary>A busy process that nobody kills ends some time.</summary>
    private const int MostRounds = 500;

    private readonly Moments _moments = new(journal, job.KillAt);
    private readonly TaskCompletionSource _enough = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private int _returned;

    public static async Task<int> RunAsync(ConformanceSubject subject, CrashJob job)
    {
        using var journal = new CrashJournal(job.Journal);
        // Its parent does not wait for ever either, but may itself be gone.
        await using var limit = TimeProvider.System.CreateTimer(_ => journal.Die(CrashJournal.Late), null, TimeSpan.FromMilliseconds(job.LimitMs), Timeout.InfiniteTimeSpan);
        var time = new WatchedTime(subject.VirtualTime ? new VirtualTime() : TimeProvider.System);
        var run = new CrashingRun(job, journal, new CrashScript(subject.VirtualTime));
        time.Looked = run._moments.LooksAtClock;
        CrashHands hands;
        try
        {
            hands = await CrashHands.OpenAsync(subject, new SubjectContext(time, job.Namespace, job.Location, CancellationToken.None));
        }
#pragma warning disable CA1031 // Do not catch general exception types: whatever the subject throws is what there is to say.
        catch (Exception e)
#pragma warning restore CA1031
        {
            journal.Throw(CrashJournal.Opened, e);
            return 1;
        }

        journal.Open(hands.Parts);
        await using (hands)
            await run.RunAsync(hands);
        journal.End();
        return 0;
    }

    private async Task RunAsync(CrashHands hands)
    {
        var parts = hands.Parts.ToList();
        if (parts.Count == 0)
            return;
        _moments.Begin();
        if (!job.Busy)
        {
            await CallAsync(script.InTurn(parts, job.Prefix), hands);
            return;
        }

        new Thread(() => DieLater(parts.Count)) { IsBackground = true }.Start();
        await Task.WhenAll(parts.Select(part => Task.Run(async () =>
        {
            for (var round = 0; round < MostRounds && await CallAsync(script.Of(part, FormattableString.Invariant($"{job.Prefix}.{round}")), hands); round++)
            {
            }
        })));
    }

    /// <returns>False where a call threw: what comes after it has nothing to stand on.</returns>
    private async Task<bool> CallAsync(IEnumerable<CrashStep> steps, CrashHands hands)
    {
        foreach (var step in steps)
        {
            journal.Call(step);
            try
            {
                var number = await step.Act(hands);
                journal.Return(step, number);
            }
#pragma warning disable CA1031 // Do not catch general exception types: as above.
            catch (Exception e)
#pragma warning restore CA1031
            {
                journal.Throw(step.Key, e);
                return false;
            }

            _moments.Returned();
            if (Interlocked.Increment(ref _returned) == job.KillAfter)
                _enough.SetResult();
        }

        return true;
    }

    /// <summary>In the midst of whatever is under way then. It does not sleep: the moment is a matter of microseconds.</summary>
    private void DieLater(int callers)
    {
        _enough.Task.Wait();
        var call = Stopwatch.GetElapsedTime(_start) / _returned * callers;
        var from = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(from) < call * job.Phase)
        {
        }

        journal.Die();
    }
}
