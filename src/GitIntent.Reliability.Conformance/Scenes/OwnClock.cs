namespace GitIntent.Reliability.Conformance.Scenes;

/// <summary>When a call was made, by our clock: whatever the store's clock showed while it answered, it was between these two.</summary>
internal readonly record struct Bracket(long Sent, long Answered);

/// <summary>
/// Leases by a clock that nobody can move. They are short, and looked at until a deadline. What is judged is only what the time before a call was sent, or
/// after it was answered, leaves no doubt of: a process that gets no turn for a while sees less, and blames nobody.
/// </summary>
internal sealed class OwnClock(Scene scene)
{
    /// <summary>A lease that is waited for.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    /// <summary>By how much two clocks may go apart, or one may be coarse, while a short lease lasts.</summary>
    private static readonly TimeSpan s_slack = TimeSpan.FromMilliseconds(5);

    /// <summary>How long after its end a lease may still be seen.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(250);

    public async Task<(T Value, Bracket At)> TimedAsync<T>(Func<Task<T>> call)
    {
        var sent = scene.Time.GetTimestamp();
        var value = await call();
        return (value, new Bracket(sent, scene.Time.GetTimestamp()));
    }

    /// <summary>Looks until it has ended: not before its time was over since the call that began it was sent, and not long after it was over since that was answered.</summary>
    public async Task EndsAsync(Func<ValueTask<bool>> lasts, Bracket began, TimeSpan time, string what)
    {
        while (true)
        {
            var asked = scene.Time.GetTimestamp();
            var still = await lasts();
            var answered = scene.Time.GetTimestamp();
            if (!still)
            {
                scene.History.Note("clock", $"{what} is looked at until it has ended");
                scene.Holds(Between(began.Sent, answered) >= time - s_slack, $"{what} ended after {Show.Time(Between(began.Sent, answered))} at the latest; it was to last {Show.Time(time)}.");
                return;
            }

            scene.Holds(Between(began.Answered, asked) <= time + s_grace, $"{what} still lasts after {Show.Time(Between(began.Answered, asked))}; it was to last {Show.Time(time)}.");
            await Task.Delay(s_slack, scene.Time, scene.Stop);
        }
    }

    /// <summary>An end that was set from the store's now to that much later, by a call within <paramref name="at"/>, of what began within <paramref name="began"/>.</summary>
    public void EndsAfter(DateTimeOffset begin, DateTimeOffset? end, TimeSpan time, Bracket began, Bracket at, string what)
    {
        var (least, most) = (Between(began.Answered, at.Sent) + time - s_slack, Between(began.Sent, at.Answered) + time + s_slack);
        scene.Holds(end - begin is { } lasts && lasts >= least && lasts <= most,
            $"{what}: expected {Show.Time(least)} to {Show.Time(most)} after the begin, found {(end is { } there ? Show.Time(there - begin) : "nothing")}.");
    }

    private TimeSpan Between(long from, long to) => scene.Time.GetElapsedTime(from, to);
}
