using System.Collections.Immutable;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Tree;

/// <summary>What a check's patterns select.</summary>
/// <param name="Files">In ordinal path order.</param>
/// <param name="LeftOut">Selected, but no input, for a reason that is no obstacle: a link, a deleted file.</param>
/// <param name="Blocked">Selected (or, for a folder, possibly holding something selected) but out of reach: these refuse the check.</param>
internal sealed record Selection(ImmutableArray<WorkspaceFile> Files, ImmutableArray<LeftOut> LeftOut, ImmutableArray<LeftOut> Blocked)
{
    public static readonly Selection Empty = new([], [], []);
}

/// <summary>The patterns of a check: gitignore patterns relative to the root.</summary>
/// <param name="Include">Empty: everything.</param>
/// <param name="Ignored">Whether what a <c>.gitignore</c> leaves out counts too.</param>
internal sealed record FileQuery(GlobSet Include, GlobSet Exclude, bool Ignored)
{
    public static readonly FileQuery Everything = new(GlobSet.Parse([]), GlobSet.Parse([]), false);
}
