using System.Text;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tree.Reading;

namespace GitIntent.Arv.Tree.Disk;

/// <summary>
/// Opens files by name in their folder, or from one above that is open already: so the kernel resolves no whole path for each. No link is
/// followed, in a path or at its end, so that nothing outside the folder is opened, whatever is swapped in meanwhile.
/// </summary>
internal sealed unsafe class LinuxOpener(LinuxDisk disk, LinuxPaths paths) : IDiskOpener
{
    private const int OpenFlags = LinuxCalls.ReadOnly | LinuxCalls.NonBlocking | LinuxCalls.CloseOnExec;

    private readonly LinuxStream _stream = new();
    private readonly PlainOpener _plain = new(disk);
    private readonly LinuxFolders _folders = new(paths);

    public ByteOpening Open(string path)
    {
        var slash = path.LastIndexOf('/');
        var name = path.AsSpan(slash + 1);
        var folder = _folders.Enter(path.AsSpan(0, Math.Max(slash, 0)), out var length);
        // What cannot be opened by folder and name is opened by its path, which knows the reason.
        if (folder < 0 || Encoding.UTF8.GetByteCount(name) > LinuxPaths.LongestName)
            return _plain.Open(path);
        return length < slash ? OpenBelow(folder, path.AsSpan(length == 0 ? 0 : length + 1)) : OpenIn(folder, name);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _folders.Dispose();
    }

    private ByteOpening OpenBelow(nint folder, ReadOnlySpan<char> path)
    {
        var file = paths.OpenIn(folder, path, OpenFlags, out var error);
        return file < 0 ? new ByteOpening(null, LinuxDisk.Reason(error)) : Begin(file);
    }

    private ByteOpening OpenIn(nint folder, ReadOnlySpan<char> name)
    {
        var bytes = stackalloc byte[LinuxPaths.LongestName + 1];
        bytes[Encoding.UTF8.GetBytes(name, new Span<byte>(bytes, LinuxPaths.LongestName))] = 0;
        var file = LinuxCalls.OpenAt(folder, bytes, OpenFlags | LinuxCalls.NoFollow);
        if (file < 0)
            return new ByteOpening(null, LinuxDisk.Reason(LinuxCalls.LastError));
        return Begin(file);
    }

    private ByteOpening Begin(nint file) => _stream.Begin(file) is { } reason ? new ByteOpening(null, reason) : new ByteOpening(_stream);

    /// <summary>One for all files: none of them needs an object with a finalizer.</summary>
    private sealed class LinuxStream : IByteStream
    {
        private nint _file = -1;
        private DiskStamp _before;
        private long _at;
        private string? _reason;

        public long Length => _before.Length;

        /// <summary>Null, or why it cannot be read. The type is asked of what was opened, not of a name that may have come to mean something else.</summary>
        public string? Begin(nint file)
        {
            Dispose();
            (_file, _at, _reason) = (file, 0, null);
            var reason = !Stat(out var stat) ? LeftOutReasons.Unreadable : stat.Kind != DiskKind.File ? LeftOutReasons.NotAFile : null;
            _before = stat.Stamp;
            if (reason is not null)
                Dispose();
            return reason;
        }

        public int Read(Span<byte> buffer)
        {
            // The stamp says where the end is: asking the file for it took a call more for each.
            var wanted = (int)Math.Min(buffer.Length, _before.Length - _at);
            if (wanted == 0 || _reason is not null)
                return 0;
            fixed (byte* start = buffer)
            {
                var read = (int)LinuxCalls.ReadAt(_file, start, wanted, _at);
                if (read <= 0)
                    _reason = read == 0 ? LeftOutReasons.Changed : LeftOutReasons.Unreadable;
                _at += Math.Max(read, 0);
                return Math.Max(read, 0);
            }
        }

        public string? Finish()
        {
            if (_reason is not null)
                return _reason;
            return !Stat(out var stat) ? LeftOutReasons.Unreadable : stat.Stamp == _before ? null : LeftOutReasons.Changed;
        }

        public void Dispose()
        {
            if (_file >= 0)
                LinuxCalls.Close(_file);
            _file = -1;
        }

        private bool Stat(out LinuxStat stat)
        {
            byte none = 0;
            return LinuxCalls.Statx(_file, &none, out stat);
        }
    }
}
