using GitIntent.Arv.Model;

namespace GitIntent.Arv.Kinds.Reliability;

/// <summary>What a <c>reliability</c> check can find.</summary>
internal static class ReliabilityCodes
{
    public static readonly RuleInfo Broken = new("ARV5001", Severity.Error, "An implementation breaks a promise")
    {
        Remedy = "Follow the calls in the finding's details: they are the shortest history that breaks it. The same target, check and seed repeat it.",
        Help = "docs/promises.md",
    };

    public static readonly RuleInfo Ended = new("ARV5002", Severity.Error, "A subject of an assembly ends its process, does not end in time, or cannot be made")
    {
        Remedy = "Read the end of what it printed in the finding's details; then run the same target, with --checks for this check alone, under a debugger or in a test of your own.",
        Help = "docs/kinds/reliability.md",
    };

    public static readonly RuleInfo Left = new("ARV5003", Severity.Note, "A subject leaves threads or processes running")
    {
        Remedy = "End what a part of the subject starts when that part is disposed of, or in CloseAsync.",
        Help = "docs/kinds/reliability.md",
    };
}
