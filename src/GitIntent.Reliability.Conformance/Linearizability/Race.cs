namespace GitIntent.Reliability.Conformance.Linearizability;

/// <summary>
/// What chance meets too rarely: what one caller does with what it has, while another takes it away, or does the same.
/// </summary>
/// <param name="Before">What is there before, made one by one.</param>
/// <param name="Mine">The step that the others come between.</param>
/// <param name="Theirs">What comes between, one by one.</param>
/// <param name="After">Looks at what has become of it.</param>
internal sealed record Race(IReadOnlyList<Step> Before, Step Mine, IReadOnlyList<Step> Theirs, Step After)
{
    /// <summary>All of it: steps that overlap where they are to.</summary>
    public IReadOnlyList<Step> Plan => [.. Before, Mine, .. Theirs.Select(static s => s with { Burst = true }), After];
}
