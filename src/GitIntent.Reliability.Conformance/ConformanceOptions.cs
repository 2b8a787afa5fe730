namespace GitIntent.Reliability.Conformance;

/// <summary>How to run checks.</summary>
public sealed record ConformanceOptions
{
    internal static readonly ConformanceOptions Default = new();

    /// <summary>What the random histories are made from: the same seed makes the same ones.</summary>
    /// <value>1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Where the subject may keep data.</summary>
    public string? Location { get; init; }

    /// <summary>How long one call of the subject may take, by the real clock. One that takes longer breaks the promise that is tried.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How a process is started that calls <see cref="ConformanceChild.RunAsync"/> with the job that is given here, a path: <c>Crash safety</c> kills it.
    /// Null: that check is skipped where the subject is not durable, and refused where it is: what nobody has killed is not known to survive it.
    /// </summary>
    public Func<string, ChildCommand>? Child { get; init; }

    /// <summary>How many processes <c>Crash safety</c> kills at moments one by one; a third as many more are killed at random ones.</summary>
    /// <value>12: where a process takes a fifth of a second, four seconds on two processors.</value>
    public int Kills { get; init; } = 12;

    /// <summary>How many processes <c>Crash safety</c> runs side by side.</summary>
    /// <value>2.</value>
    public int Processes { get; init; } = 2;
}
