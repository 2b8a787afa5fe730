using GitIntent.Reliability.Conformance.Crashes;

namespace GitIntent.Reliability.Conformance;

/// <summary>The process that <c>Crash safety</c> kills: it works on the subject's data until it kills itself, with no handler run and nothing flushed.</summary>
public static class ConformanceChild
{
    /// <summary>Does one job. It mostly does not return.</summary>
    /// <param name="subject">The subject: on the same namespace and location it has the same data as that of the process which gave the job.</param>
    /// <param name="job">What <see cref="ConformanceOptions.Child"/> was given.</param>
    /// <returns>The exit code for the process.</returns>
    public static Task<int> RunAsync(ConformanceSubject subject, string job)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(job);
        return CrashingRun.RunAsync(subject, CrashJob.Read(job));
    }
}
