namespace GitIntent.Reliability;

/// <summary>
/// The side of the resource: remembers the highest fence that it has seen and refuses every older one. Without this check a holder that was
/// stopped past the end of its lease overwrites the work of the next.
/// </summary>
/// <remarks>Thread-safe, and in memory: it protects what this process alone writes. Where the resource is a database, the check belongs into the transaction that writes.</remarks>
public sealed class LockGuard
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _highest = new(StringComparer.Ordinal);

    /// <summary>Whether <paramref name="fence"/> is as new as any seen before; if so, older ones are refused from now on.</summary>
    /// <param name="resource">What is protected.</param>
    /// <param name="fence">The writer's fence.</param>
    /// <exception cref="GwiValidationException">The name is not acceptable, or the fence not positive.</exception>
    public bool TryPass(string resource, long fence)
    {
        Check(resource, fence);
        lock (_gate)
            return Raise(resource, fence);
    }

    /// <summary>As <see cref="TryPass"/>, with an exception instead of false.</summary>
    /// <exception cref="LockLostException">A newer fence was seen.</exception>
    /// <inheritdoc cref="TryPass"/>
    public void Pass(string resource, long fence)
    {
        if (!TryPass(resource, fence))
            throw Stale(resource, fence);
    }

    /// <summary>Checks and writes in one step, so that no newer holder can come between the two.</summary>
    /// <param name="resource">What is protected.</param>
    /// <param name="fence">The writer's fence.</param>
    /// <param name="write">The write; other writes through this guard wait for it.</param>
    /// <exception cref="LockLostException">A newer fence was seen; nothing was written.</exception>
    /// <inheritdoc cref="TryPass"/>
    public T Write<T>(string resource, long fence, Func<T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Check(resource, fence);
        lock (_gate)
            return Raise(resource, fence) ? write() : throw Stale(resource, fence);
    }

    /// <summary>The error for a write that came too late.</summary>
    public static LockLostException Stale(string resource, long fence) =>
        new(resource, fence, $"The write to {resource} was refused: fence {fence.ToString(System.Globalization.CultureInfo.InvariantCulture)} is older than one seen before. Its lock was lost to a newer holder.");

    /// <summary>Checks what a guard is given; a guard for another kind of resource calls it first.</summary>
    /// <exception cref="GwiValidationException">The name is not acceptable, or the fence not positive.</exception>
    public static void Check(string resource, long fence)
    {
        Identifiers.Required(resource, "resource");
        if (fence <= 0)
            throw GwiValidationException.ForField("fence", "fence is not positive. Pass the fence of a held lock.");
    }

    private bool Raise(string resource, long fence)
    {
        if (_highest.TryGetValue(resource, out var highest) && fence < highest)
            return false;
        _highest[resource] = fence;
        return true;
    }
}
