namespace GitIntent.Reliability.Conformance;

/// <summary>A program that calls <see cref="ConformanceChild.RunAsync"/>, as a process of its own.</summary>
/// <param name="Program">What is started: a path, or a name that the system looks up.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record ChildCommand(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>What it reads from its standard input.</summary>
    public string Input { get; init; } = "";
}
