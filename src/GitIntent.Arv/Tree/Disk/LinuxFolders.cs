namespace GitIntent.Arv.Tree.Disk;

/// <summary>
/// The folders on the way to the last file, kept open: files come in order of path, so that the next folder mostly lies in one of them, and
/// the kernel walks one name instead of a whole path. For one thread.
/// </summary>
internal sealed class LinuxFolders(LinuxPaths paths) : IDisposable
{
    private const int Flags = LinuxCalls.ReadOnly | LinuxCalls.NonBlocking | LinuxCalls.CloseOnExec;

    /// <summary>A tree may be nested deeper than a process may have files open.</summary>
    private const int MostOpen = 64;

    /// <summary>Each lies in the one before; with the length of its path, which <see cref="_path"/> begins with.</summary>
    private readonly List<(nint Folder, int Length)> _open = [];
    private string _path = "";

    /// <summary>A folder, open until the next is asked for; -1 where it cannot be opened.</summary>
    public nint Enter(ReadOnlySpan<char> path)
    {
        while (_open is [.., var last] && !IsAtOrBelow(path, last.Length))
            CloseLast();
        if (_open is [.., var same] && same.Length == path.Length)
            return same.Folder;
        if (_open.Count > MostOpen - 2)
            CloseAll();
        // Where two folders in a row lie in one that is not open, a third mostly follows.
        var common = CommonFolder(path);
        var isOpen = (common <= (_open is [.., var above] ? above.Length : 0) || Open(path, common)) && Open(path, path.Length);
        _path = isOpen ? path.ToString() : "";
        if (!isOpen)
            CloseAll();
        return isOpen ? _open[^1].Folder : -1;
    }

    public void Dispose() => CloseAll();

    private bool Open(ReadOnlySpan<char> path, int length)
    {
        var folder = _open is [.., var above]
            ? paths.OpenIn(above.Folder, path[(above.Length == 0 ? 0 : above.Length + 1)..length], Flags | LinuxCalls.Folder, out _)
            : paths.OpenRaw(path[..length], Flags | LinuxCalls.Folder, out _);
        if (folder >= 0)
            _open.Add((folder, length));
        return folder >= 0;
    }

    private bool IsAtOrBelow(ReadOnlySpan<char> path, int length) =>
        path.StartsWith(_path.AsSpan(0, length)) && (length == 0 || path.Length == length || path[length] == '/');

    /// <summary>The length of the path of the deepest folder that this one and the last both lie in.</summary>
    private int CommonFolder(ReadOnlySpan<char> path) => Math.Max(path[..path.CommonPrefixLength(_path)].LastIndexOf('/'), 0);

    private void CloseAll()
    {
        while (_open.Count > 0)
            CloseLast();
    }

    private void CloseLast()
    {
        LinuxCalls.Close(_open[^1].Folder);
        _open.RemoveAt(_open.Count - 1);
    }
}
