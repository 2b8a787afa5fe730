using System.Globalization;

namespace GitIntent.Reliability;

/// <summary>Durations that a store may be given.</summary>
internal static class Durations
{
    /// <summary>Far below where adding it to a date overflows.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromDays(3650);

    /// <summary>The coarsest of our stores' clocks counts milliseconds.</summary>
    public static readonly TimeSpan Min = TimeSpan.FromMilliseconds(1);

    public static TimeSpan Lease(TimeSpan value, string field) => value >= Min && value <= Max
        ? value
        : throw GwiValidationException.ForField(field, string.Create(CultureInfo.InvariantCulture, $"{field} is {value}. It must be from 1 ms to {Max.Days} days."));

    /// <summary>A wait: zero or more, or <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public static TimeSpan Wait(TimeSpan value, string field) => value == Timeout.InfiniteTimeSpan || (value >= TimeSpan.Zero && value <= MaxTimer)
        ? value
        : throw GwiValidationException.ForField(field, string.Create(CultureInfo.InvariantCulture, $"{field} is {value}. It must be from zero to {MaxTimer.Days} days, or Timeout.InfiniteTimeSpan."));

    /// <summary>The longest time that a timer of the platform takes is just below 50 days.</summary>
    public static TimeSpan ForTimer(TimeSpan value) =>
        value <= TimeSpan.Zero ? TimeSpan.Zero : value > MaxTimer ? MaxTimer : value;

    public static readonly TimeSpan MaxTimer = TimeSpan.FromDays(24);
}
