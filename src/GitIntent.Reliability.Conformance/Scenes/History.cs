namespace GitIntent.Reliability.Conformance.Scenes;

/// <summary>Records calls, from several threads.</summary>
internal sealed class History(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<RecordedCall> _calls = [];
    private readonly long _start = time.GetTimestamp();
    private long _sequence;
    private int _elsewhere;

    public int Count
    {
        get
        {
            lock (_gate)
                return _calls.Count + _elsewhere;
        }
    }

    /// <summary>In the order in which they began.</summary>
    public IReadOnlyList<RecordedCall> Calls
    {
        get
        {
            lock (_gate)
                return [.. _calls.OrderBy(static c => c.Invoked)];
        }
    }

    /// <summary>Makes a call, and keeps what it came to.</summary>
    public async Task<Recorded<T>> CallAsync<T>(string caller, string call, Func<Task<T>> make, Func<T, string> show, TimeSpan limit)
    {
        var (from, at, invoked) = (time.GetElapsedTime(_start), Now, Next());
        try
        {
            var task = make();
            var value = await (task.IsCompleted ? task : Patience.WithinAsync(task, limit));
            return new Recorded<T>(value, Add(show(value)), at, Now, (time as VirtualTime)?.Peak ?? Now);
        }
        catch (TimeoutException)
        {
            Add("no answer");
            throw new BrokenPromiseException($"\"{call}\" did not return within {limit.TotalSeconds:0} s.");
        }
        catch (Exception e)
        {
            Add($"throws {e.GetType().Name}");
            throw;
        }

        RecordedCall Add(string result)
        {
            var recorded = new RecordedCall(caller, call, result, from, time.GetElapsedTime(_start), invoked, Next());
            lock (_gate)
                _calls.Add(recorded);
            return recorded;
        }
    }

    /// <summary>Counts calls that were made for this history and are kept in none.</summary>
    public void Add(int calls)
    {
        lock (_gate)
            _elsewhere += calls;
    }

    /// <summary>Keeps none of the calls so far; they count.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _elsewhere += _calls.Count;
            _calls.Clear();
        }
    }

    public void Note(string caller, string call, string result = "")
    {
        var at = time.GetElapsedTime(_start);
        var recorded = new RecordedCall(caller, call, result, at, at, Next(), Next());
        lock (_gate)
            _calls.Add(recorded);
    }

    /// <summary>The record goes on where the clock is broken for the subject.</summary>
    private DateTimeOffset Now => time is VirtualTime clock ? clock.Broken ? clock.Peak : clock.Shown : time.GetUtcNow();

    private long Next() => Interlocked.Increment(ref _sequence);
}

/// <summary>A call with what it returned, and the time of day around it.</summary>
/// <param name="Peak">The latest time of day that the clock had ever shown.</param>
internal readonly record struct Recorded<T>(T Value, RecordedCall Call, DateTimeOffset From, DateTimeOffset To, DateTimeOffset Peak);
