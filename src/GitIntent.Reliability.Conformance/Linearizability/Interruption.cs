using System.Diagnostics;
using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Linearizability;

/// <summary>
/// A call that is interrupted once, at one of the places where that can be arranged: when it has looked at the clock, and when it goes on after an await.
/// What the other does is done wholly then. Most faults of this kind need one interruption at one place: M. Musuvathi and S. Qadeer, "Iterative context
/// bounding for systematic testing of multithreaded programs" (2007). A store that keeps others out meanwhile is not waited for.
/// </summary>
internal sealed class Interruption
{
    /// <summary>No call has more places than this, or those that come after are left out.</summary>
    private const int MostPlaces = 48;

    /// <summary>Who does nothing for so long is kept out. Where that is wrong, less is tried, and nobody is blamed.</summary>
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(0.2);

    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(100);

    private readonly VirtualTime _clock;
    private readonly TimeSpan _limit;
    private readonly int _place;
    private readonly Func<Task> _other;
    private int _seen;
    private Task? _under;
    private volatile bool _over;

    private Interruption(VirtualTime clock, TimeSpan limit, int place, Func<Task> other) => (_clock, _limit, _place, _other) = (clock, limit, place, other);

    /// <summary>Tries one place after the other.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="trial">Gets the number of the place, prepares what is there before, and says by which clock who is interrupted by whom, and what is judged afterwards.</param>
    public static async Task EachAsync(Scene scene, Func<int, Task<(VirtualTime Clock, Func<Task> Mine, Func<Task> Theirs, Func<Task> After)>> trial)
    {
        for (var place = 0; place < MostPlaces; place++)
        {
            var (clock, mine, theirs, after) = await trial(place);
            var reached = await new Interruption(clock, scene.Limit, place, theirs).RunAsync(mine);
            await after();
            if (!reached)
                return;
        }
    }

    /// <returns>Whether the call has that place. If not, the other comes after it.</returns>
    private async Task<bool> RunAsync(Func<Task> mine)
    {
        await Task.Run(() =>
        {
            _clock.Looked = Pass;
            new Turns().Complete(() => Done(mine), Pass, _limit);
        });
        _over = true;
        var reached = _under is not null;
        await (_under ?? Task.Run(_other));
        return reached;
    }

    private void Pass()
    {
        if (_over || Interlocked.Increment(ref _seen) != _place + 1)
            return;
        Thread? thread = null;
        _under = Task.Run(() =>
        {
            _clock.Looked = null;
            Volatile.Write(ref thread, Thread.CurrentThread);
            new Turns().Complete(() => Done(_other), static () => { }, _limit);
        });
        var (start, spin) = (Stopwatch.GetTimestamp(), new SpinWait());
        var idle = start;
        while (!_under.IsCompleted && Stopwatch.GetElapsedTime(start) < s_longest)
        {
            spin.SpinOnce(sleep1Threshold: -1);
            if (Volatile.Read(ref thread) is not { } other || (other.ThreadState & System.Threading.ThreadState.WaitSleepJoin) == 0)
                idle = Stopwatch.GetTimestamp();
            else if (Stopwatch.GetElapsedTime(idle) > s_idle)
                return;
        }
    }

    private static async Task<bool> Done(Func<Task> call)
    {
        await call();
        return true;
    }
}
