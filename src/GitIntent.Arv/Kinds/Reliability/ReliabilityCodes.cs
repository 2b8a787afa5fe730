using GitIntent.Arv.Model;

namespace GitIntent.Arv.Kinds.Reliability;

/// <summary>What a <c>reliability</c> check can find.</summary>
internal static class ReliabilityCodes
{
    public static readonly RuleInfo Broken = new("ARV5001", Severity.Error, "An implementation breaks a promise")
    {
        Remedy = "Follow the calls in the finding's details: they are the shortest history that breaks it. The same target, check and seed repeat it.",
        Help = "docs/kinds/reliability.md",
    };
}
