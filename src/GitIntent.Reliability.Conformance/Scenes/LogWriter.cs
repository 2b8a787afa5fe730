using System.Text;

namespace GitIntent.Reliability.Conformance.Scenes;

/// <summary>In place of standard output: each call is atomic, as those of the process's own are. After each, another thread gets its turn.</summary>
internal sealed class LogWriter : TextWriter
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();

    public LogWriter() => CoreNewLine = ['\n'];

    /// <summary>Whether the disk is full.</summary>
    public bool Fails { get; set; }

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>What was written since the last time.</summary>
    public string Take()
    {
        lock (_gate)
        {
            var text = _text.ToString();
            _text.Clear();
            return text;
        }
    }

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void WriteLine(ReadOnlySpan<char> buffer) => Write($"{buffer}\n");

    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (_gate)
        {
            if (Fails)
                throw new IOException("No space left on device");
            _text.Append(buffer);
        }

        Thread.Yield();
    }

    public override void Flush()
    {
        if (Fails)
            throw new IOException("No space left on device");
    }
}
