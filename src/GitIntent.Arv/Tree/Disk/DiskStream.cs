using GitIntent.Arv.Model;
using GitIntent.Arv.Tree.Reading;

namespace GitIntent.Arv.Tree.Disk;

/// <summary>A file on disk, read so that its bytes are those of one moment, or that it says that they are not.</summary>
internal sealed class DiskStream(DiskFile file, DiskStamp before) : IByteStream
{
    private long _at;
    private string? _reason;

    public long Length => before.Length;

    public int Read(Span<byte> buffer)
    {
        // The stamp says where the end is: asking the file for it took a call more for each.
        var wanted = (int)Math.Min(buffer.Length, before.Length - _at);
        if (wanted == 0 || _reason is not null)
            return 0;
        try
        {
            var read = file.Read(buffer[..wanted], _at);
            _at += read;
            if (read == 0)
                _reason = LeftOutReasons.Changed;
            return read;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _reason = LeftOutReasons.Unreadable;
            return 0;
        }
    }

    public string? Finish()
    {
        try
        {
            return _reason ?? (file.Stamp() == before ? null : LeftOutReasons.Changed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return LeftOutReasons.Unreadable;
        }
    }

    public void Dispose() => file.Dispose();
}
