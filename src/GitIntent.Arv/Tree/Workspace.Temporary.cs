namespace GitIntent.Arv.Tree;

internal sealed partial class Workspace
{
    public static Workspace Open(IWorkspaceSource source, CancellationToken stop) =>
        new(source, [.. source.List(stop).Entries.Where(e => e.Type == EntryType.File).Select(e => new WorkspaceFile(e.Path, e.Length, e.Tracked, e.Ignored))]);

    public FileRead Read(WorkspaceFile file, CancellationToken stop)
    {
        var bytes = _source.Read(file.Path, stop);
        return bytes.Reason is null ? new FileRead(SourceText.Of(bytes.Bytes), null) : new FileRead(null, bytes.Reason);
    }
}
