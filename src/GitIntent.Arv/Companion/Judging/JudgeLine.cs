using GitIntent.Reliability.Conformance;

namespace GitIntent.Arv.Companion.Judging;

/// <summary>One line of the judge's answer: which of its parts there are depends on <see cref="Event"/>.</summary>
internal sealed record JudgeLine
{
    /// <summary>The assembly, or what it is made of, cannot be judged: <see cref="Reason"/>.</summary>
    public const string Refused = "refused";

    /// <summary>A subject of <see cref="Type"/> is about to be made.</summary>
    public const string Constructing = "constructing";

    /// <summary>There is a subject: <see cref="Type"/>, <see cref="Name"/>.</summary>
    public const string Subject = "subject";

    /// <summary>There can be no subject of <see cref="Type"/>: <see cref="Reason"/>; with <see cref="Threw"/>, because its constructor threw.</summary>
    public const string Unfit = "unfit";

    /// <summary><see cref="Check"/> of <see cref="Type"/> begins.</summary>
    public const string Started = "started";

    /// <summary>It ended: <see cref="Outcome"/>, <see cref="DurationMs"/>, <see cref="Broken"/>.</summary>
    public const string Finished = "finished";

    /// <summary>What was begun last did not end within the limit; the process ends itself.</summary>
    public const string Hung = "hung";

    /// <summary>Everything was judged.</summary>
    public const string Done = "done";

    /// <summary>Everything was judged, and the process does not end: threads of the subjects keep it.</summary>
    public const string Kept = "kept";

    public required string Event { get; init; }

    public string? Type { get; init; }

    public string? Name { get; init; }

    public string? Check { get; init; }

    public string? Reason { get; init; }

    public bool Threw { get; init; }

    /// <summary><c>passed</c>, <c>failed</c>, or <c>skipped</c> or <c>refused</c> (with <see cref="Reason"/>).</summary>
    public string? Outcome { get; init; }

    public double DurationMs { get; init; }

    public BrokenPromise[]? Broken { get; init; }
}

/// <summary>A promise that was broken, as it travels and as it is reported.</summary>
/// <param name="Name">The promise.</param>
/// <param name="Sentence">What it says.</param>
/// <param name="What">What happened instead.</param>
/// <param name="History">The shortest history that shows it.</param>
internal sealed record BrokenPromise(string Name, string Sentence, string What, RecordedCall[] History)
{
    /// <summary>What happened is text of a subject's, which may be as long as it likes.</summary>
    private const int LongestText = 4000;

    private const int LongestHistory = 500;

    public static BrokenPromise Of(Violation violation) => new(
        violation.Promise.Name,
        violation.Promise.Sentence,
        Cut(violation.What),
        [.. violation.History.Take(LongestHistory).Select(static call => call with { Call = Cut(call.Call), Result = Cut(call.Result) })]);

    public static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}
