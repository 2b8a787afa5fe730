namespace GitIntent.Reliability.Conformance.Linearizability;

/// <summary>A step of a random history, before it happens: who does what with which number. What the numbers mean is the driver's business.</summary>
/// <param name="Burst">Whether it begins before the step before it has ended.</param>
internal readonly record struct Step(int Caller, int What, int Amount, bool Burst)
{
    /// <summary>One that overlaps nothing.</summary>
    public static Step Of(int caller, (int What, int Amount) step) => new(caller, step.What, step.Amount, false);

    /// <summary>
    /// A plan without some of the kinds, other ones each time, and with few or many overlaps: what is rare among everything is frequent among little
    /// (A. Groce and others, "Swarm testing", 2012).
    /// </summary>
    public static Swarm Swarm(Random random, int kinds)
    {
        int[] left = [0, .. Enumerable.Range(1, kinds - 1).Where(_ => random.Next(2) == 0)];
        return new Swarm(left, random.Next(1, 4));
    }

    public static IReadOnlyList<Step> Plan(Random random, int steps, int callers, Swarm swarm) =>
        [.. Enumerable.Range(0, steps).Select(_ => new Step(random.Next(callers), swarm.Kinds[random.Next(swarm.Kinds.Length)], random.Next(1_000_000), random.Next(4) < swarm.Bursts))];
}

/// <param name="Kinds">The kinds of steps that a plan has.</param>
/// <param name="Bursts">Of four steps, how many begin before the step before them has ended.</param>
internal readonly record struct Swarm(int[] Kinds, int Bursts);
