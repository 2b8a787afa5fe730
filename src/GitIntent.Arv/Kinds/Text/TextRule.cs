using System.Collections.Immutable;
using GitIntent.Arv.Config;
using GitIntent.Arv.Model;
using GitIntent.Arv.Patterns.Matching;

namespace GitIntent.Arv.Kinds.Text;

internal enum TextDemand
{
    /// <summary>Each match is a finding.</summary>
    Forbid,

    /// <summary>Each file without a match is a finding.</summary>
    RequireEach,

    /// <summary>No file with a match is a finding.</summary>
    RequireAny,
}

/// <summary>A rule, read and ready.</summary>
/// <param name="Looks">What it looks for; null in a rule that is off and says nothing else.</param>
/// <param name="Where">What a file must have to be judged, or null.</param>
internal sealed record TextRule(RuleInfo Info, TextDemand Demand, PreparedPattern? Looks, PreparedPattern? Where)
{
    /// <summary>Of the check's inputs only these; empty: all.</summary>
    public ImmutableArray<Template> Include { get; init; } = [];

    public ImmutableArray<Template> Exclude { get; init; } = [];

    public bool IsOn => Info.Severity != Severity.Off;
}
