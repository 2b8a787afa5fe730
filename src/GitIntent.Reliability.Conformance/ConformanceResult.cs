using System.Text;

namespace GitIntent.Reliability.Conformance;

/// <summary>A promise that was broken, and how.</summary>
/// <param name="Promise">The promise.</param>
/// <param name="What">What happened instead.</param>
/// <param name="History">The shortest history known that breaks it.</param>
public sealed record Violation(Promise Promise, string What, IReadOnlyList<RecordedCall> History)
{
    /// <summary>Name, sentence, what happened, and the table of calls.</summary>
    public override string ToString() => $"{Promise.Name}: {Promise.Sentence}\n  {What}\n{RecordedCall.Table(History)}";
}

/// <summary>How a check ended.</summary>
public enum ConformanceOutcome
{
    /// <summary>Every promise was kept.</summary>
    Passed,
    /// <summary>A promise was broken.</summary>
    Failed,
    /// <summary>The subject does not offer what the check is about.</summary>
    Skipped,
    /// <summary>It could not be found out whether promises are kept, and none is known to be broken.</summary>
    Refused,
}

/// <summary>What a check came to on one subject.</summary>
/// <param name="Check">The check.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Violations">The promises that were broken.</param>
/// <param name="Kept">How many promises were kept.</param>
/// <param name="Skipped">The promises that could not be tried, each with the reason.</param>
/// <param name="Calls">How many calls of the subject were judged.</param>
public sealed record ConformanceResult(
    ConformanceCheck Check, ConformanceOutcome Outcome, IReadOnlyList<Violation> Violations, int Kept, IReadOnlyList<SkippedPromise> Skipped, int Calls)
{
    /// <summary>Why it was skipped; null where it was not.</summary>
    public string? SkipReason => Outcome == ConformanceOutcome.Skipped ? string.Join("; ", Skipped.Select(static s => s.Reason).Distinct()) : null;

    /// <summary>Why some of it could not be judged; null where all of it was.</summary>
    public string? Refusal { get; init; }
}

/// <summary>A promise that could not be tried.</summary>
/// <param name="Promise">The promise.</param>
/// <param name="Reason">Why not, such as <c>the subject offers no locks</c>.</param>
public sealed record SkippedPromise(Promise Promise, string Reason);

/// <summary>A subject broke promises, or could not be judged; the message says which and how.</summary>
public sealed class ConformanceException : Exception
{
    internal ConformanceException(string subject, IReadOnlyList<ConformanceResult> results)
        : base(Text(subject, results)) => Results = results;

    /// <summary>What all checks came to.</summary>
    public IReadOnlyList<ConformanceResult> Results { get; }

    private static string Text(string subject, IReadOnlyList<ConformanceResult> results)
    {
        var text = new StringBuilder(results.Any(static r => r.Violations.Count > 0) ? $"{subject} breaks promises.\n" : $"{subject} is not verified.\n");
        foreach (var result in results.Where(static r => r.Violations.Count > 0))
        {
            text.Append('\n').Append(result.Check.Title).Append('\n');
            foreach (var violation in result.Violations)
                text.Append(violation).Append('\n');
        }

        foreach (var result in results.Where(static r => r.Refusal is not null))
            text.Append('\n').Append(result.Check.Title).Append('\n').Append("It could not be judged: ").Append(result.Refusal).Append('\n');
        return text.ToString();
    }
}
