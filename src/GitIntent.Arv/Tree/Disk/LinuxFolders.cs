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

    /// <summary>So many files of a folder are opened from a folder above: to open and close their own takes as long, and most folders hold no more.</summary>
    private const int FromAbove = 3;

    /// <summary>Each lies in the one before; with the length of its path, which <see cref="_path"/> begins with.</summary>
    private readonly List<(nint Folder, int Length)> _open = [];
    private string _path = "";
    private int _files;

    /// <summary>A folder that the next file of this one can be opened from, open until the next is asked for; -1 where it cannot be opened.</summary>
    /// <param name="length">Of its path, without a slash at the end.</param>
    public nint Enter(ReadOnlySpan<char> path, out int length)
    {
        while (_open is [.., var last] && !IsAtOrBelow(path, last.Length))
            CloseLast();
        if (_open.Count > MostOpen - 2)
            CloseAll();
        var isOpen = true;
        if (!path.SequenceEqual(_path))
        {
            // Where two folders in a row lie in one that is not open, a third mostly follows.
            var common = CommonFolder(path);
            isOpen = common <= Deepest.Length || Open(path, common);
            (_path, _files) = (path.ToString(), 0);
        }
        isOpen = isOpen && (Deepest.Length == path.Length || ++_files <= FromAbove || Open(path, path.Length));
        if (!isOpen)
            CloseAll();
        (var folder, length) = Deepest;
        return isOpen ? folder : -1;
    }

    public void Dispose() => CloseAll();

    private (nint Folder, int Length) Deepest => _open is [.., var last] ? last : (paths.Root, 0);

    private bool Open(ReadOnlySpan<char> path, int length)
    {
        var above = Deepest;
        var folder = paths.OpenIn(above.Folder, path[(above.Length == 0 ? 0 : above.Length + 1)..length], Flags | LinuxCalls.Folder, out _);
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
