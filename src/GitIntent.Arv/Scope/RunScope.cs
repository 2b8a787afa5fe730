using System.Collections.Immutable;

namespace GitIntent.Arv.Scope;

/// <summary>What the checks of one run share while it goes on: made by the runner, once a run.</summary>
internal sealed class RunScope
{
    public required string RunId { get; init; }

    /// <summary>The root of the repository on disk, with its links resolved.</summary>
    public required string Root { get; init; }

    /// <summary>A folder of this run alone, on disk: what commands print and write goes below it. Made when it is first needed.</summary>
    public required string OutRoot { get; init; }

    /// <summary>What commands see: see <see cref="ChildEnvironment"/>.</summary>
    public required ImmutableDictionary<string, string> Environment { get; init; }

    /// <summary>How this command is started once more: a program and its first arguments; empty where nobody knows.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    public Redactor Redactor { get; init; } = Redactor.ShapesOnly;

    /// <summary>Work that several checks ask for and that is done once.</summary>
    public OncePerKey Shared { get; } = new();

    /// <summary>Commands run side by side, but alone where they may not change the tree: or another's change would be blamed on them.</summary>
    public SharedOrAlone Commands { get; } = new();
}
