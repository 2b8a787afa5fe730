using System.Collections.Immutable;
using GitIntent.Arv.Config;
using GitIntent.Arv.Kinds.Exec.Results;

namespace GitIntent.Arv.Kinds.Exec;

/// <summary>An <c>exec</c> block, read.</summary>
internal sealed record ExecBlock
{
    public required ImmutableArray<Template> Run { get; init; }

    public Template? Cwd { get; init; }

    public ImmutableArray<(string Name, Template Value)> Env { get; init; } = [];

    /// <summary>The exit codes that are good.</summary>
    public ImmutableArray<int> Exit { get; init; } = [0];

    /// <summary>The golden.</summary>
    public Template? Stdout { get; init; }

    public ResultsBlock? Results { get; init; }

    public JsonBudget? Json { get; init; }

    public bool Unchanged { get; init; }

    public bool NetworkOff { get; init; }

    public int Retries { get; init; }
}

internal sealed record ResultsBlock(OutPath File, int MinTests, int? MaxSkipped);
