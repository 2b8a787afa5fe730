using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance;

/// <summary>The promises of one area.</summary>
public sealed class ConformanceCheck
{
    internal ConformanceCheck(string id, string title, IReadOnlyList<Promise> promises)
    {
        Id = id;
        Title = title;
        Promises = promises;
    }

    /// <summary>Its id: <c>lock-acquisition</c>.</summary>
    public string Id { get; }

    /// <summary>Its title: <c>Lock acquisition</c>.</summary>
    public string Title { get; }

    /// <summary>What it holds a subject to.</summary>
    public IReadOnlyList<Promise> Promises { get; }

    /// <summary>Tries every promise, each on a namespace of its own. Whatever the subject throws breaks the promise that is tried.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="options">Seed, place.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public Task<ConformanceResult> RunAsync(ConformanceSubject subject, ConformanceOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        options ??= ConformanceOptions.Default;
        // On the pool, and not on the caller's thread: no context is captured, and a subject that blocks does not block the caller.
        return Task.Run(() => TryAllAsync(subject, options, cancellationToken), cancellationToken);
    }

    /// <summary><see cref="Id"/>.</summary>
    public override string ToString() => Id;

    private async Task<ConformanceResult> TryAllAsync(ConformanceSubject subject, ConformanceOptions options, CancellationToken stop)
    {
        List<Violation> violations = [];
        List<SkippedPromise> skipped = [];
        List<string> refused = [];
        var shared = new SharedTrials();
        var (kept, calls) = (0, 0);
        foreach (var promise in Promises)
        {
            stop.ThrowIfCancellationRequested();
            var trial = await Trial.RunAsync(subject, this, promise, options, shared, stop);
            calls += trial.Calls;
            if (trial.Violation is { } violation)
                violations.Add(violation);
            else if (trial.Refused is { } refusal)
                refused.Add(refusal);
            else if (trial.Skipped is { } reason)
                skipped.Add(new SkippedPromise(promise, reason));
            else
                kept++;
        }

        var outcome = violations.Count > 0 ? ConformanceOutcome.Failed
            : refused.Count > 0 ? ConformanceOutcome.Refused
            : kept > 0 ? ConformanceOutcome.Passed
            : ConformanceOutcome.Skipped;
        return new ConformanceResult(this, outcome, violations, kept, skipped, calls)
        {
            Refusal = refused.Count > 0 ? string.Join("; ", refused.Distinct(StringComparer.Ordinal)) : null,
        };
    }
}
