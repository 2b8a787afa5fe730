using GitIntent.Reliability;
using GitIntent.Reliability.Conformance;

namespace GitIntent.Subjects.Hostile;

/// <summary>Prints what it should not have, then what no report should show.</summary>
public sealed class Tells : Hostile
{
    public override string Name => "tells";

    public override ValueTask<RunLockManager?> LocksAsync(SubjectContext context)
    {
        Environment.FailFast($"GITHUB_TOKEN is {Environment.GetEnvironmentVariable("GITHUB_TOKEN") ?? "not there"}; here is one: {"ghp_"}{new string('a', 36)}");
        return default;
    }
}
