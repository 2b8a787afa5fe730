namespace GitIntent.Arv.Tree;

/// <summary>A regular file of the workspace.</summary>
/// <param name="Path">Relative to the root, with <c>/</c>.</param>
/// <param name="Tracked">Whether git tracks it; false everywhere outside a git repository.</param>
/// <param name="Ignored">Left out by a <c>.gitignore</c>, and untracked: selected only by a check that asks for it.</param>
/// <param name="ReadFrom">Where its bytes are, when it is reached through a link inside the root; null: at <paramref name="Path"/>.</param>
internal sealed record WorkspaceFile(string Path, bool Tracked, bool Ignored, string? ReadFrom = null)
{
    /// <summary>Where its bytes are.</summary>
    public string Place => ReadFrom ?? Path;
}
