namespace GitIntent.Reliability.Samples;

/// <summary>Enumerates the values of one length-delimited field of a protobuf message, and skips the others.</summary>
internal ref struct Protobuf(ReadOnlySpan<byte> message, int field)
{
    private ReadOnlySpan<byte> _left = message;

    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly Protobuf GetEnumerator() => this;

    public bool MoveNext()
    {
        while (!_left.IsEmpty)
        {
            var tag = Varint();
            switch (tag & 7)
            {
                case 0:
                    Varint();
                    break;
                case 1:
                    Take(8);
                    break;
                case 5:
                    Take(4);
                    break;
                case 2:
                    var value = Take((int)Varint());
                    if ((int)(tag >> 3) != field)
                        break;
                    Current = value;
                    return true;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7} is not one of protobuf 3.");
            }
        }

        return false;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        var taken = _left[..length];
        _left = _left[length..];
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
