using System.Collections.Immutable;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Schemas;

namespace GitIntent.Arv.Kinds.Data;

/// <summary>A <c>data</c> block, read.</summary>
internal sealed record DataRules
{
    /// <summary>What documents may be; YAML in the wild merges with <c>&lt;&lt;</c>.</summary>
    public static readonly DocumentLimits Limits = DocumentLimits.Default with { MergeKeys = true };

    public required JsonSchema? Schema { get; init; }

    public required string? SchemaPath { get; init; }

    public required ImmutableArray<PathPattern> Valid { get; init; }

    public required ImmutableArray<PathPattern> Invalid { get; init; }

    public required ImmutableArray<EqualRule> Equal { get; init; }

    public required ImmutableArray<UniqueRule> Unique { get; init; }

    /// <summary>False where only the schema is tried on its samples.</summary>
    public bool JudgesInputs { get; init; } = true;
}
