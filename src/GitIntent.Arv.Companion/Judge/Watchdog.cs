using System.Diagnostics;
using GitIntent.Arv.Companion.Judging;

namespace GitIntent.Arv.Companion.Judge;

/// <summary>
/// Ends the process when something takes too long. A thread of its own, which no code of a subject can block; and an end without ceremony, since handlers
/// of a process's exit are code of a subject's too.
/// </summary>
internal sealed class Watchdog
{
    private readonly object _gate = new();
    private readonly AnswerFile _answer;
    private (long Deadline, string Event)? _watched;

    public Watchdog(AnswerFile answer)
    {
        _answer = answer;
        new Thread(Run) { IsBackground = true, Name = "arv watchdog" }.Start();
    }

    /// <param name="event">What the answer says when the limit has passed.</param>
    /// <returns>Disposing ends the watch.</returns>
    public IDisposable Watch(TimeSpan limit, string @event)
    {
        Set((Stopwatch.GetTimestamp() + (long)(limit.TotalSeconds * Stopwatch.Frequency), @event));
        return new Ending(this);
    }

    private void Set((long, string)? watched)
    {
        lock (_gate)
        {
            _watched = watched;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        lock (_gate)
        {
            while (true)
            {
                if (_watched is not { } watched)
                {
                    Monitor.Wait(_gate);
                    continue;
                }
                var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), watched.Deadline);
                if (left > TimeSpan.Zero)
                {
                    Monitor.Wait(_gate, left + TimeSpan.FromMilliseconds(1));
                    continue;
                }
                // Still under the gate: what is watched has ended in time or is cut off, and never both.
                _answer.Write(new JudgeLine { Event = watched.Event }, JudgeJson.Default.JudgeLine);
                Process.GetCurrentProcess().Kill();
            }
        }
    }

    private sealed class Ending(Watchdog watchdog) : IDisposable
    {
        public void Dispose() => watchdog.Set(null);
    }
}
