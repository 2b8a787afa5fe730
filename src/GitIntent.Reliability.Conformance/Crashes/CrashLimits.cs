namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>How long things may take by the real clock; on a machine that does much else a process is long in starting.</summary>
internal static class CrashLimits
{
    /// <summary>All promises of the check share one trial, which the first one waits for.</summary>
    public static readonly TimeSpan OfTrial = TimeSpan.FromMinutes(30);

    /// <summary>From where the child has begun.</summary>
    public static TimeSpan OfChild(TimeSpan call) => call * 3 > TimeSpan.FromSeconds(10) ? call * 3 : TimeSpan.FromSeconds(10);

    /// <summary>With the start of the program.</summary>
    public static TimeSpan OfProcess(TimeSpan call) => OfChild(call) + TimeSpan.FromSeconds(50);
}
