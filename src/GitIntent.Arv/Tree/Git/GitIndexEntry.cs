namespace GitIntent.Arv.Tree.Git;

/// <summary>A path that git tracks.</summary>
/// <param name="Path">Relative to the top of the repository; of a sparse folder too without a slash at the end.</param>
/// <param name="SkipWorktree">Sparse checkout keeps it off the disk.</param>
internal readonly record struct GitIndexEntry(string Path, uint Mode, bool SkipWorktree)
{
    private const uint TypeMask = 0xF000;

    /// <summary>A commit of another repository: a submodule.</summary>
    public bool IsRepository => (Mode & TypeMask) == 0xE000;

    /// <summary>A folder that a sparse index keeps as one entry.</summary>
    public bool IsFolder => (Mode & TypeMask) == 0x4000;
}
