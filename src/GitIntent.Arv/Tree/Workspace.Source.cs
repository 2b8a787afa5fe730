namespace GitIntent.Arv.Tree;

internal sealed partial class Workspace
{
    /// <summary>For the kinds that look at the source anew: after a command has run, or at bytes that are no text.</summary>
    public IWorkspaceSource Source => _source;
}
