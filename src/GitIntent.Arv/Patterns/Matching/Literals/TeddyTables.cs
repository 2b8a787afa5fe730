using System.Numerics;
using System.Runtime.Intrinsics;

namespace GitIntent.Arv.Patterns.Matching.Literals;

/// <summary>
/// The windows in groups of eight buckets. A bucket is a bit; for each of the four places of a window, one table says by a byte's low nibble, one by
/// its high, which buckets allow it.
/// </summary>
internal sealed class TeddyTables
{
    /// <summary>A window of three bytes allows any as the fourth. The fourth look costs less than the candidates that it saves.</summary>
    public const int Width = 4;
    private const int BucketsOfGroup = 8;

    /// <summary>Beyond it, the best bucket for each costs more than it saves.</summary>
    private const int MostPlaced = 2000;

    private readonly byte[] _tables;

    public TeddyTables(IReadOnlyList<LiteralWindow> windows)
    {
        // One more group is one more look at each place, which fewer false candidates pay for only when rules are many.
        Groups = windows.Count <= 24 ? 1 : windows.Count <= 250 ? 2 : 4;
        var buckets = Enumerable.Range(0, Groups * BucketsOfGroup).Select(static _ => new Bucket()).ToArray();
        for (var i = 0; i < windows.Count; i++)
        {
            // Greedy: where the window adds the least to what the buckets let through by chance.
            var bucket = i < MostPlaced ? buckets.MinBy(b => b.ChanceWith(windows[i]) - b.Chance)! : buckets[i % buckets.Length];
            bucket.Add(windows[i]);
        }
        _tables = new byte[Groups * Width * 2 * 16];
        for (var i = 0; i < buckets.Length; i++)
            Write(buckets[i], i / BucketsOfGroup, 1 << (i % BucketsOfGroup));
    }

    public int Groups { get; }

    /// <param name="half">0: by the low nibble; 1: by the high one.</param>
    public Vector128<byte> Of(int group, int place, int half) => Vector128.Create<byte>(Table(group, place, half));

    public Vector256<byte> Twice(int group, int place, int half) => Vector256.Create(Of(group, place, half), Of(group, place, half));

    public ReadOnlySpan<byte> Table(int group, int place, int half) => _tables.AsSpan(Index(group, place, half), 16);

    private void Write(Bucket bucket, int group, int bit)
    {
        for (var place = 0; place < Width; place++)
        {
            for (var nibble = 0; nibble < 16; nibble++)
            {
                _tables[Index(group, place, 0) + nibble] |= (byte)(((bucket.Low[place] >> nibble) & 1) * bit);
                _tables[Index(group, place, 1) + nibble] |= (byte)(((bucket.High[place] >> nibble) & 1) * bit);
            }
        }
    }

    private static int Index(int group, int place, int half) => ((((group * Width) + place) * 2) + half) * 16;

    /// <summary>For each place, the low and the high nibbles that it allows, as bits.</summary>
    private sealed class Bucket
    {
        private static readonly float[,] Shares = MakeShares();

        private readonly double[] _shares = new double[Width];

        public int[] Low { get; } = new int[Width];

        public int[] High { get; } = new int[Width];

        /// <summary>The chance that a place of a text gets through.</summary>
        public double Chance { get; private set; }

        public double ChanceWith(LiteralWindow window)
        {
            var chance = 1d;
            for (var place = 0; place < Width; place++)
            {
                var (low, high) = Masks(window, place);
                // Mostly what is allowed already.
                var isNew = (low & ~Low[place]) != 0 || (high & ~High[place]) != 0;
                chance *= isNew ? ShareOf(low | Low[place], high | High[place]) : _shares[place];
            }
            return chance;
        }

        public void Add(LiteralWindow window)
        {
            Chance = 1d;
            for (var place = 0; place < Width; place++)
            {
                var (low, high) = Masks(window, place);
                Low[place] |= low;
                High[place] |= high;
                Chance *= _shares[place] = ShareOf(Low[place], High[place]);
            }
        }

        /// <summary>The low and the high nibbles that a window has at a place; any where it has none.</summary>
        private static (int Low, int High) Masks(LiteralWindow window, int place)
        {
            if (place >= window.Length)
                return (0xFFFF, 0xFFFF);
            var (lower, anyCase) = window[place];
            var upper = anyCase ? lower & ~LiteralWindow.CaseBit : lower;
            return ((1 << (lower & 15)) | (1 << (upper & 15)), (1 << (lower >> 4)) | (1 << (upper >> 4)));
        }

        private static double ShareOf(int lows, int highs)
        {
            var share = 0d;
            for (; highs != 0; highs &= highs - 1)
            {
                var high = BitOperations.TrailingZeroCount(highs);
                for (var rest = lows; rest != 0; rest &= rest - 1)
                    share += Shares[high, BitOperations.TrailingZeroCount(rest)];
            }
            return share;
        }

        private static float[,] MakeShares()
        {
            var shares = new float[16, 16];
            for (var b = 0; b < 256; b++)
                shares[b >> 4, b & 15] = ByteFrequencies.Of((byte)b);
            return shares;
        }
    }
}
