namespace GitIntent.Arv.Processes;

/// <summary>Takes what a command prints: whole into files, the end of it into memory.</summary>
internal sealed class OutputCapture : IDisposable
{
    private const int TailBytes = 32 * 1024;

    private readonly FileStream _stdout;
    private readonly FileStream _stderr;
    private readonly long _limit;
    private readonly byte[] _ring = new byte[TailBytes];
    private readonly Lock _gate = new();
    private long _total;

    public OutputCapture(string stdoutFile, string stderrFile, long limit)
    {
        _stdout = Open(stdoutFile);
        _stderr = Open(stderrFile);
        _limit = limit;
    }

    /// <summary>Whether more came than may come. Nothing after that is kept.</summary>
    public bool Flooded { get; private set; }

    /// <summary>Why the files could not be written, or null.</summary>
    public string? Fault { get; private set; }

    public void Write(bool toStderr, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (Fault is not null || Flooded)
                return;
            Flooded = bytes.Length > _limit - _total;
            Remember(bytes);
            try
            {
                (toStderr ? _stderr : _stdout).Write(bytes);
            }
            catch (IOException e)
            {
                Fault = e.Message;
            }
        }
    }

    /// <summary>The last bytes, oldest first. Where more came before, the line that was cut is left out.</summary>
    public byte[] Tail()
    {
        lock (_gate)
        {
            if (_total <= TailBytes)
                return _ring[..(int)_total];
            var start = (int)(_total % TailBytes);
            byte[] tail = [.. _ring.AsSpan(start), .. _ring.AsSpan(0, start)];
            var firstEnd = Array.IndexOf(tail, (byte)'\n');
            return firstEnd < 0 ? tail : tail[(firstEnd + 1)..];
        }
    }

    public void Dispose()
    {
        // What is still buffered is written here; a full disk shows only now.
        foreach (var file in new[] { _stdout, _stderr })
        {
            try
            {
                file.Dispose();
            }
            catch (IOException e)
            {
                Fault ??= e.Message;
            }
        }
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 64 * 1024);

    private void Remember(ReadOnlySpan<byte> bytes)
    {
        var kept = bytes.Length > TailBytes ? bytes[^TailBytes..] : bytes;
        var at = (int)((_total + bytes.Length - kept.Length) % TailBytes);
        var first = Math.Min(kept.Length, TailBytes - at);
        kept[..first].CopyTo(_ring.AsSpan(at));
        kept[first..].CopyTo(_ring);
        _total += bytes.Length;
    }
}
