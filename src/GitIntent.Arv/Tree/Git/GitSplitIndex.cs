using System.Buffers.Binary;

namespace GitIntent.Arv.Tree.Git;

/// <summary>The <c>link</c> extension: this index holds only what differs from a shared one.</summary>
internal sealed record GitSplitIndex(string SharedHash, HashSet<int> Deleted, HashSet<int> Replaced)
{
    private const int MostEntries = 1 << 26; // more than any index has; a damaged bitmap may claim any number

    public static GitSplitIndex Read(ReadOnlySpan<byte> content, int hashLength)
    {
        var hash = Convert.ToHexStringLower(content[..hashLength]);
        content = content[hashLength..];
        if (content.IsEmpty)
            return new GitSplitIndex(hash, [], []);
        var deleted = ReadBitmap(ref content);
        return new GitSplitIndex(hash, deleted, ReadBitmap(ref content));
    }

    /// <param name="own">First those that replace, without names, in the order of the shared ones that they replace; then those added.</param>
    public List<GitIndexEntry> Apply(List<GitIndexEntry> own, string folder, int hashLength)
    {
        if (SharedHash.All(c => c == '0'))
            return own;
        var shared = GitIndexReader.Read(Path.Combine(folder, "sharedindex." + SharedHash), folder, hashLength);
        var merged = new List<GitIndexEntry>(shared.Count + own.Count);
        var replacing = 0;
        for (var i = 0; i < shared.Count; i++)
        {
            var entry = Replaced.Contains(i) ? own[replacing++] with { Path = shared[i].Path } : shared[i];
            if (!Deleted.Contains(i))
                merged.Add(entry);
        }
        merged.AddRange(own[replacing..]);
        return merged;
    }

    /// <summary>An EWAH bitmap: runs of equal words, each followed by words as they are.</summary>
    private static HashSet<int> ReadBitmap(ref ReadOnlySpan<byte> content)
    {
        var words = checked((int)BinaryPrimitives.ReadUInt32BigEndian(content[4..]));
        var at = content[8..];
        content = content[(8 + (words * 8) + 4)..];

        var set = new HashSet<int>();
        for (int i = 0, bit = 0; i < words;)
        {
            var marker = Word(at, i++);
            var run = checked((int)((marker >> 1) & 0xFFFFFFFF) * 64);
            if (bit + (long)run > MostEntries)
                throw new OverflowException();
            for (var end = bit + run; bit < end; bit++)
            {
                if ((marker & 1) != 0)
                    set.Add(bit);
            }
            for (var literals = (int)(marker >> 33); literals > 0; literals--, i++, bit += 64)
            {
                for (var word = Word(at, i); word != 0; word &= word - 1)
                    set.Add(bit + System.Numerics.BitOperations.TrailingZeroCount(word));
            }
        }
        return set;

        static ulong Word(ReadOnlySpan<byte> at, int index) => BinaryPrimitives.ReadUInt64BigEndian(at[(index * 8)..]);
    }
}
