using System.Collections.Immutable;

namespace GitIntent.Arv.Tree;

/// <summary>The files under test: enumerated once, shared by all checks, never written.</summary>
internal sealed partial class Workspace
{
    private Workspace(ImmutableArray<WorkspaceFile> files) => Files = files;

    /// <summary>Every file, in ordinal path order.</summary>
    public ImmutableArray<WorkspaceFile> Files { get; }
}
