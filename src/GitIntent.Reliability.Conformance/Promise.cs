using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance;

/// <summary>One sentence that an implementation has to keep, and a scene that would show it broken.</summary>
public sealed class Promise
{
    internal Promise(string name, string sentence, Func<Scene, Task> scenario)
    {
        Name = name;
        Sentence = sentence;
        Scenario = scenario;
    }

    /// <summary>Its name, unique in the suite: <c>one-holder</c>.</summary>
    public string Name { get; }

    /// <summary>The promise.</summary>
    public string Sentence { get; }

    internal Func<Scene, Task> Scenario { get; }

    /// <summary>How long all of it may take by the real clock; null: three calls' time.</summary>
    internal TimeSpan? Limit { get; init; }

    /// <summary>What tries it where the store's own clock decides, and the other scenario would have to move that; null: the other one.</summary>
    internal Func<Scene, Task>? OwnClockScenario { get; init; }

    /// <summary><see cref="Name"/>.</summary>
    public override string ToString() => Name;
}
