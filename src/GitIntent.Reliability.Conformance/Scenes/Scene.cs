using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GitIntent.Reliability.Conformance.Scenes;

/// <summary>One trial of one promise: a namespace and a clock of its own, and a record of every call.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "CloseAsync ends it.")]
internal sealed class Scene
{
    private readonly ConformanceSubject _subject;
    private readonly ConformanceOptions _options;
    private readonly SharedTrials _shared;
    private readonly SubjectContext _context;
    private readonly CancellationTokenSource _stop;
    private readonly List<IAsyncDisposable> _made = [];
    private readonly Dictionary<(string Part, string Process), object> _parts = [];
    private IObservability? _observability;

    public Scene(ConformanceSubject subject, string name, ConformanceOptions options, SharedTrials shared, CancellationToken stop)
    {
        _subject = subject;
        _options = options;
        _shared = shared;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Stop = _stop.Token;
        Name = name;
        Time = subject.VirtualTime ? Clock : TimeProvider.System;
        History = new History(Time);
        Random = new Random(Seed(name, options.Seed));
        _context = new SubjectContext(Time, name, options.Location, Stop);
    }

    public string Name { get; }

    public TimeProvider Time { get; }

    /// <summary>The clock that can be moved, where <see cref="Time"/> is one.</summary>
    public VirtualTime Clock { get; } = new();

    public DateTimeOffset Now => Time.GetUtcNow();

    public History History { get; }

    public Random Random { get; }

    public CancellationToken Stop { get; }

    public TimeSpan Limit => _options.CallTimeout;

    public ConformanceOptions Options => _options;

    /// <summary>How long what is under way may take before it is supposed to sleep.</summary>
    private TimeSpan Moment => Limit / 100;

    /// <summary>How often chance gets its turn: a durable store writes to a disk at every call.</summary>
    public int Rounds(int often) => _subject.Durable ? Math.Max(2, often / 6) : often;

    /// <summary>Whether the data is kept where every write takes its time.</summary>
    public bool IsDurable => _subject.Durable;

    public IResumeAnalyzer Resume => _subject.Resume ?? throw new PartMissingException("the subject offers no resume analyzer");

    public IErrorTaxonomy Errors => _subject.Errors ?? throw new PartMissingException("the subject offers no error taxonomy");

    public ILogging Logging => Observability.Logging ?? throw new PartMissingException("the subject offers no logging");

    public IRunContexts Contexts => Observability.Contexts ?? throw new PartMissingException("the subject offers no run context");

    private IObservability Observability => _observability ??= _subject.Observability(_context) ?? throw new PartMissingException("the subject offers no observability");

    public LogActor Log(Microsoft.Extensions.Logging.LogLevel? level = null, string component = "app.Orders") => new(this, Logging, new LogWriter(), new LogWriter(), level, component);

    public MetricsActor Metrics(int? maxSeries = null) =>
        new(this, Observability.CreateMetrics(maxSeries) ?? throw new PartMissingException("the subject offers no metrics"));

    /// <summary>A caller of the lock manager of a process.</summary>
    public async Task<LockActor> LocksAsync(string caller, string process = "1") =>
        new(this, await PartAsync("locks", process, _subject.LocksAsync), caller);

    public async Task<RecordActor> RecordsAsync(string caller, string process = "1") =>
        new(this, await PartAsync("idempotency store", process, _subject.IdempotencyAsync), caller);

    public async Task<CheckpointManager> CheckpointsAsync(string process = "1") => await PartAsync("checkpoints", process, _subject.CheckpointsAsync);

    /// <summary>The same scene on an empty namespace, for a repetition.</summary>
    public Scene Again(int number) => new(_subject, string.Create(CultureInfo.InvariantCulture, $"{Name}-{number}"), _options, _shared, Stop);

    /// <summary>What is done once for all promises of the check.</summary>
    public Task<T> OnceAsync<T>(Func<Scene, Task<T>> run) => _shared.OnceAsync(() => run(this));

    /// <summary>Lets time pass. With a store whose own clock decides, the promise cannot be tried so.</summary>
    public void Advance(TimeSpan time)
    {
        NeedsVirtualTime();
        Clock.Advance(time);
        History.Note("clock", $"{Show.Time(time)} pass");
    }

    /// <summary>Lets time pass where that can be done; the promise can be tried without, if less sharply.</summary>
    public void Pass(TimeSpan time)
    {
        if (_subject.VirtualTime)
            Advance(time);
    }

    public void Jump(TimeSpan by)
    {
        NeedsVirtualTime();
        Clock.Jump(by);
        History.Note("clock", by < TimeSpan.Zero ? $"is set back by {Show.Time(-by)}" : $"is set forward by {Show.Time(by)}");
    }

    /// <summary>What comes now has nothing to do with what was: a history that breaks the promise begins here.</summary>
    public void Fresh() => History.Forget();

    /// <summary>Whether the clock can be moved.</summary>
    public bool IsVirtual => _subject.VirtualTime;

    /// <summary>Whether <paramref name="task"/> ends by itself, without any time passing. The real clock only bounds how long a broken promise is waited for.</summary>
    public Task<bool> SoonAsync(Task task) => Patience.EndsAsync(task, Limit, Stop);

    /// <summary>Whether the token fires without any time passing.</summary>
    public async Task<bool> FiresAsync(CancellationToken token)
    {
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = token.UnsafeRegister(static source => ((TaskCompletionSource)source!).TrySetResult(), fired);
        return await SoonAsync(fired.Task);
    }

    /// <summary>Makes a call that will wait, and goes on when it waits for the end of a lease: when it has asked, and has set a timer that is due then.</summary>
    public async Task<Task<T>> ParkedAsync<T>(Func<Task<T>> call, double seconds = 30)
    {
        var armed = Clock.ArmedAsync(TimeSpan.FromSeconds(seconds));
        var task = call();
        await Patience.EndsAsync(Task.WhenAny(task, armed), Limit, Stop);
        return task;
    }

    /// <summary>Moves the clock, and goes on when a timer is set behind it that is due after so many seconds or more: when what the move has woken sleeps again.</summary>
    public async Task AdvanceToSleepAsync(TimeSpan time, double seconds = 0)
    {
        var armed = Clock.ArmedAsync(TimeSpan.FromSeconds(seconds));
        Advance(time);
        await SoonAsync(armed);
    }

    /// <summary>
    /// Whether <paramref name="task"/> ends now that the clock was moved to where it has to. Who was just asking when the clock was moved has reckoned by the
    /// time of before, and sleeps that little longer: where nothing happens, some milliseconds more are let pass.
    /// </summary>
    public async Task<bool> WakesAsync(Task task)
    {
        for (var more = 0; more < 50 && !task.IsCompleted; more++)
        {
            await Task.WhenAny(task, Task.Delay(Moment, TimeProvider.System, Stop));
            if (!task.IsCompleted)
                Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        return await SoonAsync(task);
    }

    /// <summary>Whether <paramref name="task"/> ends within a few seconds, retry interval by retry interval: a store that cannot tell is asked again after each.</summary>
    public async Task<bool> WakesWithinSecondsAsync(Task task)
    {
        for (var more = 0; more < 50 && !task.IsCompleted; more++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(task, Task.Delay(Moment, TimeProvider.System, Stop));
        }

        History.Note("clock", "retry intervals pass, 100 ms each, until it answers, or 50 of them");
        return task.IsCompleted;
    }

    /// <summary>Lets the thread pool do what is to be done, as far as that can be known. What is judged after it may be missed, and is never blamed wrongly.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "It belongs to the scene's clock.")]
    public async Task SettleAsync()
    {
        for (var i = 0; i < 20; i++)
            await Task.Yield();
    }

    public void NeedsVirtualTime()
    {
        if (!_subject.VirtualTime)
            throw new PartMissingException("the store's own clock decides, and cannot be moved");
    }

    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "It reads as what it is: the scene is broken.")]
    public void Holds([DoesNotReturnIf(false)] bool condition, string otherwise)
    {
        if (!condition)
            throw new BrokenPromiseException(otherwise);
    }

    public void Same<T>(T actual, T expected, string what) =>
        Holds(Equal(actual, expected), $"{what}: expected {Show.Value(expected)}, found {Show.Value(actual)}.");

    /// <summary>A time from begin to end. A store with a clock of its own may look at it twice.</summary>
    public void Lasts(TimeSpan? actual, TimeSpan expected, string what)
    {
        if (IsVirtual || actual < expected - TimeSpan.FromMilliseconds(5) || !(actual < expected + TimeSpan.FromSeconds(1)))
            Same(actual, expected, what);
    }

    /// <summary>A kept failure is the same where its JSON is: maps in records compare by reference.</summary>
    private static bool Equal<T>(T actual, T expected) => (actual, expected) is (IdempotencyRecord a, IdempotencyRecord b)
        ? a with { Failure = null } == b with { Failure = null } && a.Failure?.ToJson() == b.Failure?.ToJson()
        : EqualityComparer<T>.Default.Equals(actual, expected);

    /// <summary>A call that is none of a store: recorded too.</summary>
    public T Call<T>(string what, Func<T> call, Func<T, string> show)
    {
        try
        {
            var value = call();
            History.Note("caller", what, show(value));
            return value;
        }
        catch (Exception e) when (e is not BrokenPromiseException)
        {
            History.Note("caller", what, $"throws {e.GetType().Name}");
            throw;
        }
    }

    public async ValueTask CloseAsync()
    {
        // Who still waits, waits no longer.
        await _stop.CancelAsync();
        Clock.Broken = false;
        foreach (var made in Enumerable.Reverse(_made))
            await QuietlyAsync(made.DisposeAsync);
        await QuietlyAsync(() => _subject.CloseAsync(_context));
        _stop.Dispose();
    }

    private async Task<T> PartAsync<T>(string part, string process, Func<SubjectContext, ValueTask<T?>> make)
        where T : class
    {
        if (_parts.TryGetValue((part, process), out var there))
            return (T)there;
        var made = await make(_context) ?? throw new PartMissingException($"the subject offers no {part}");
        _parts.Add((part, process), made);
        if (made is IAsyncDisposable disposable)
            _made.Add(disposable);
        return made;
    }

    /// <summary>What the end of a scene comes to is judged by no promise.</summary>
    private static async ValueTask QuietlyAsync(Func<ValueTask> end)
    {
        try
        {
            await end().AsTask().WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
        }
#pragma warning disable CA1031 // Do not catch general exception types: see above.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>The same on every machine and in every process, which <see cref="string.GetHashCode()"/> is not. FNV-1a.</summary>
    private static int Seed(string name, int seed)
    {
        var hash = 2166136261u ^ (uint)seed;
        foreach (var c in name)
            hash = (hash ^ c) * 16777619;
        return (int)(hash ^ (uint)seed * 2654435761u);
    }
}
