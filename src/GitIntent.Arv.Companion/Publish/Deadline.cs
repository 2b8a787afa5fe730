using System.Globalization;

namespace GitIntent.Arv.Companion.Publish;

/// <summary>There is no time left to publish more.</summary>
internal sealed class DeadlineException(string message) : Exception(message);

/// <summary>When publishing ends with what it has. No timer: what would wait beyond it does not begin to wait.</summary>
internal sealed class Deadline(TimeSpan limit, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    public bool Allows(TimeSpan wait) => time.GetElapsedTime(_started) + wait < limit;

    /// <exception cref="DeadlineException">The wait would end after it.</exception>
    public void Require(TimeSpan wait)
    {
        if (!Allows(wait))
            throw new DeadlineException(string.Create(CultureInfo.InvariantCulture, $"the {limit.TotalSeconds:0} seconds for publishing are over"));
    }
}
