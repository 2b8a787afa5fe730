using System.Text;

namespace GitIntent.Arv.Tree.Reading;

/// <summary>UTF-16 and UTF-32, read piece by piece as UTF-8.</summary>
internal sealed class TextTranscoder
{
    public const int Piece = 16 * 1024;

    private readonly byte[] _raw = new byte[Piece];
    private readonly char[] _characters = new char[Piece + 2];
    private readonly Decoder _decoder;
    private readonly Replacement _replacement = new();

    public TextTranscoder(Encoding encoding)
    {
        var own = (Encoding)encoding.Clone();
        own.DecoderFallback = _replacement;
        _decoder = own.GetDecoder();
    }

    /// <summary>The most bytes that one call may write.</summary>
    public static int Room => 3 * (Piece + 2);

    public bool HasInvalid => _replacement.Used;

    /// <param name="first">Bytes that were read already.</param>
    /// <returns>How many bytes were written; -1 at the end.</returns>
    public int Read(IByteStream stream, ReadOnlySpan<byte> first, Span<byte> buffer)
    {
        if (first.IsEmpty)
        {
            var read = stream.Read(_raw);
            var count = _decoder.GetChars(_raw.AsSpan(0, read), _characters, flush: read == 0);
            return read == 0 && count == 0 ? -1 : Encoding.UTF8.GetBytes(_characters.AsSpan(0, count), buffer);
        }
        return Encoding.UTF8.GetBytes(_characters.AsSpan(0, _decoder.GetChars(first, _characters, flush: false)), buffer);
    }

    /// <summary>U+FFFD for what is no character, as by default; and it remembers that it was needed.</summary>
    private sealed class Replacement : DecoderFallback
    {
        public bool Used { get; private set; }

        public override int MaxCharCount => 1;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new One(this);

        private sealed class One(Replacement owner) : DecoderFallbackBuffer
        {
            private int _left;

            public override int Remaining => _left;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                owner.Used = true;
                _left = 1;
                return true;
            }

            public override char GetNextChar()
            {
                var next = _left > 0 ? '\uFFFD' : '\0';
                _left = 0;
                return next;
            }

            public override bool MovePrevious() => false;
        }
    }
}
