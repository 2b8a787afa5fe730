using System.Buffers.Binary;
using System.Text;

namespace GitIntent.Arv.Tree.Git;

/// <summary>
/// Reads an index file, versions 2 to 4 (gitformat-index(5)). Whatever it does not know is an error: an index
/// half understood would make tracked files disappear.
/// </summary>
internal ref struct GitIndexReader
{
    private const int StatLength = 40;
    private const int ModeOffset = 24;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _hashLength;
    private readonly string _name;
    private int _at;

    private GitIndexReader(ReadOnlySpan<byte> bytes, int hashLength, string name)
    {
        _bytes = bytes;
        _hashLength = hashLength;
        _name = name;
    }

    /// <param name="folder">Where a shared index lies, beside this one.</param>
    /// <exception cref="InvalidDataException">It is damaged, or of a kind that this does not know.</exception>
    public static List<GitIndexEntry> Read(string path, string folder, int hashLength)
    {
        var reader = new GitIndexReader(File.ReadAllBytes(path), hashLength, path);
        try
        {
            var entries = reader.ReadEntries();
            return reader.ReadExtensions() is { } link ? link.Apply(entries, folder, hashLength) : entries;
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or OverflowException or FileNotFoundException)
        {
            throw new InvalidDataException($"The git index '{path}' is damaged or not whole; 'git read-tree HEAD' makes it anew.", e);
        }
    }

    private List<GitIndexEntry> ReadEntries()
    {
        if (!_bytes.StartsWith("DIRC"u8))
            throw Unknown("does not begin as an index does");
        _at = 4;
        var version = ReadUInt32();
        if (version is < 2 or > 4)
            throw Unknown($"has version {version}; known are 2, 3 and 4");
        var count = checked((int)ReadUInt32());

        // The count is not trusted with memory: an entry takes at least its fixed part.
        var entries = new List<GitIndexEntry>(Math.Min(count, _bytes.Length / (StatLength + _hashLength)));
        var previous = new List<byte>();
        for (var i = 0; i < count; i++)
            entries.Add(ReadEntry(version, previous));
        return entries;
    }

    private GitIndexEntry ReadEntry(uint version, List<byte> previous)
    {
        var start = _at;
        var mode = BinaryPrimitives.ReadUInt32BigEndian(_bytes[(start + ModeOffset)..]);
        _at += StatLength + _hashLength;
        var flags = BinaryPrimitives.ReadUInt16BigEndian(_bytes[_at..]);
        _at += 2;
        var skipWorktree = false;
        if ((flags & 0x4000) != 0)
        {
            skipWorktree = (BinaryPrimitives.ReadUInt16BigEndian(_bytes[_at..]) & 0x4000) != 0;
            _at += 2;
        }

        ReadOnlySpan<byte> name;
        if (version == 4)
        {
            var strip = ReadOffset();
            previous.RemoveRange(previous.Count - strip, strip);
            var length = _bytes[_at..].IndexOf((byte)0);
            previous.AddRange(_bytes.Slice(_at, length));
            _at += length + 1;
            name = previous.ToArray();
        }
        else
        {
            name = _bytes.Slice(_at, _bytes[_at..].IndexOf((byte)0));
            _at = start + ((_at - start + name.Length + 8) & ~7);
        }
        if (name.EndsWith("/"u8))
            name = name[..^1];
        return new GitIndexEntry(GitName.Decode(name, out _), mode, skipWorktree);
    }

    private GitSplitIndex? ReadExtensions()
    {
        GitSplitIndex? split = null;
        while (_at < _bytes.Length - _hashLength)
        {
            var signature = _bytes.Slice(_at, 4);
            _at += 4;
            var length = checked((int)ReadUInt32());
            var content = _bytes.Slice(_at, length);
            _at += length;
            if (signature.SequenceEqual("link"u8))
                split = GitSplitIndex.Read(content, _hashLength);
            else if (signature[0] is < (byte)'A' or > (byte)'Z' && !signature.SequenceEqual("sdir"u8))
                throw Unknown($"needs the extension '{Encoding.Latin1.GetString(signature)}', which is not known");
        }
        return split;
    }

    private uint ReadUInt32()
    {
        var value = BinaryPrimitives.ReadUInt32BigEndian(_bytes[_at..]);
        _at += 4;
        return value;
    }

    /// <summary>The variable-length number of pack offsets.</summary>
    private int ReadOffset()
    {
        var b = _bytes[_at++];
        var value = b & 127;
        while ((b & 128) != 0)
        {
            b = _bytes[_at++];
            value = checked(((value + 1) << 7) + (b & 127));
        }
        return value;
    }

    private readonly InvalidDataException Unknown(string what) => new($"The git index '{_name}' {what}.");
}
