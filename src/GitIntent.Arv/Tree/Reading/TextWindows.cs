using System.Numerics;
using System.Text.Unicode;

namespace GitIntent.Arv.Tree.Reading;

/// <summary>
/// A file's text in windows, each overlapping the one before: valid UTF-8 without byte-order mark, CRLF read as LF. Most files are one
/// window. The buffer is kept from file to file, so that memory grows neither with the number of files nor with the largest.
/// For one thread.
/// </summary>
/// <param name="size">Of a window, where nothing needs it larger.</param>
/// <param name="most">Where something does, at most this.</param>
internal sealed class TextWindows(int size = TextWindows.Size, int most = TextWindows.Most)
{
    public const int Size = 1024 * 1024;
    public const int Most = 64 * 1024 * 1024;
    private const int Least = 64 * 1024;

    private byte[] _bytes = [];
    private int _length;

    /// <summary>Read, but not yet text: what begins a character, or CRLF.</summary>
    private int _pending;
    private IByteStream? _stream;
    private TextTranscoder? _transcoder;
    private bool _hasInvalid;
    private bool _endAtNul;

    public ReadOnlySpan<byte> Text => _bytes.AsSpan(0, _length);

    /// <summary>Where the window starts in the text.</summary>
    public long Start { get; private set; }

    /// <summary>Whether it reaches the text's end.</summary>
    public bool IsLast { get; private set; }

    /// <summary>Whether a NUL character, the mark of a binary file, was seen so far.</summary>
    public bool HasNul { get; private set; }

    /// <summary>Whether something was no valid text so far, and was replaced.</summary>
    public bool HasInvalid => _hasInvalid || _transcoder?.HasInvalid == true;

    /// <summary>Whether nothing may be kept beside what is there, so that no more can be read.</summary>
    public bool IsFull => _length + _pending >= most;

    /// <summary>Starts with the first window of a file.</summary>
    /// <param name="endAtNul">Read no further where a NUL shows that the file is binary.</param>
    public void Begin(IByteStream stream, bool endAtNul = false)
    {
        (_stream, _transcoder, _length, _pending, Start) = (stream, null, 0, 0, 0);
        _endAtNul = endAtNul;
        (IsLast, HasNul, _hasInvalid) = (false, false, false);
        var wanted = (int)Math.Clamp(stream.Length + 4, Math.Min(Least, size), size);
        // By powers of two: as large as each file that was larger than all before, buffers made a tenth of what a scan allocates.
        if (_bytes.Length < wanted || _bytes.Length > size)
            _bytes = GC.AllocateUninitializedArray<byte>((int)Math.Min(BitOperations.RoundUpToPowerOf2((uint)wanted), size));
        BeginEncoding();
        Fill();
    }

    /// <summary>Goes on to the next window.</summary>
    /// <param name="keep">From where the text of this one is still needed.</param>
    public void Next(int keep)
    {
        _bytes.AsSpan(keep, _length + _pending - keep).CopyTo(_bytes);
        (_length, Start) = (_length - keep, Start + keep);
        if ((keep == 0 || _length + _pending > _bytes.Length / 2) && _bytes.Length < most)
            Array.Resize(ref _bytes, (int)Math.Min(2L * _bytes.Length, most));
        Fill();
    }

    private void BeginEncoding()
    {
        while (_pending < 4 && _stream!.Read(_bytes.AsSpan(_pending)) is > 0 and var read)
            _pending += read;
        var encoding = TextEncoding.Of(_bytes.AsSpan(0, _pending));
        var mark = encoding.MarkLength;
        _pending -= mark;
        _bytes.AsSpan(mark, _pending).CopyTo(_bytes);
        if (encoding.IsUtf8)
            return;
        _transcoder = new TextTranscoder(encoding.Encoding);
        var first = _bytes.AsSpan(0, _pending).ToArray();
        _pending = 0;
        for (var at = 0; at < first.Length; at += TextTranscoder.Piece)
            Transcode(first.AsSpan(at, Math.Min(TextTranscoder.Piece, first.Length - at)));
    }

    /// <summary>Reads until the window is full, or the file at its end: where a window ends does not depend on how much a read gives.</summary>
    private void Fill()
    {
        while (!IsLast)
        {
            if (_transcoder is not null)
            {
                Clean(ended: false);
                if (_length >= size && _bytes.Length - _length - _pending < TextTranscoder.Room)
                    break;
                Clean(ended: !Transcode([]));
                continue;
            }
            // Joined line ends leave some room: not worth a read where it is little.
            if (_pending <= 3 && _length > 0 && _bytes.Length - _length - _pending < _bytes.Length / 16)
                break;
            var read = 1;
            while (read > 0 && _length + _pending < _bytes.Length)
                _pending += read = _stream!.Read(_bytes.AsSpan(_length + _pending));
            Clean(ended: read == 0);
        }
    }

    private bool Transcode(ReadOnlySpan<byte> first)
    {
        Reserve(TextTranscoder.Room);
        var written = _transcoder!.Read(_stream!, first, _bytes.AsSpan(_length + _pending));
        _pending += Math.Max(written, 0);
        return written >= 0;
    }

    /// <summary>Makes text of what is pending.</summary>
    private void Clean(bool ended)
    {
        var all = _bytes.AsSpan(_length, _pending);
        var unfinished = ended ? 0 : TextCleaning.Unfinished(all);
        var fresh = all[..^unfinished];
        var census = ByteCensus.Of(fresh);
        HasNul |= census.HasNul;
        if (HasNul && _endAtNul)
        {
            (_pending, IsLast) = (0, true);
            return;
        }
        if (census.HasBeyondAscii && !Utf8.IsValid(fresh))
        {
            _hasInvalid = true;
            fresh = Replace(TextCleaning.Repair(fresh), unfinished);
        }
        var cleaned = census.HasCarriageReturn ? TextCleaning.JoinLineEnds(fresh) : fresh.Length;
        if (cleaned < fresh.Length)
            _bytes.AsSpan(_length + fresh.Length, unfinished).CopyTo(_bytes.AsSpan(_length + cleaned));
        (_length, _pending, IsLast) = (_length + cleaned, unfinished, ended);
    }

    /// <summary>Puts repaired bytes, which are mostly longer, in the place of the pending ones.</summary>
    private Span<byte> Replace(byte[] repaired, int unfinished)
    {
        var rest = _bytes.AsSpan(_length + _pending - unfinished, unfinished).ToArray();
        Reserve(repaired.Length + rest.Length - _pending);
        repaired.CopyTo(_bytes, _length);
        rest.CopyTo(_bytes, _length + repaired.Length);
        _pending = repaired.Length + rest.Length;
        return _bytes.AsSpan(_length, repaired.Length);
    }

    private void Reserve(int more)
    {
        var needed = _length + _pending + more;
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(needed, 2 * _bytes.Length));
    }
}
