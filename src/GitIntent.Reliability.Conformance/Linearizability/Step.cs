namespace GitIntent.Reliability.Conformance.Linearizability;

/// <summary>A step of a random history, before it happens: who does what with which number. What the numbers mean is the driver's business.</summary>
/// <param name="Burst">Whether it begins before the step before it has ended.</param>
internal readonly record struct Step(int Caller, int What, int Amount, bool Burst)
{
    public static IReadOnlyList<Step> Plan(Random random, int steps, int callers, int kinds) =>
        [.. Enumerable.Range(0, steps).Select(_ => new Step(random.Next(callers), random.Next(kinds), random.Next(1_000_000), random.Next(4) == 0))];
}
