using GitIntent.Arv.Patterns.Dialect;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>Membership of a set: two words of bits for ASCII, the set itself beyond.</summary>
internal readonly record struct CharacterTest
{
    private readonly ulong _low;
    private readonly ulong _high;
    private readonly CodePointSet _set;

    public CharacterTest(CodePointSet set)
    {
        _set = set;
        (_low, _high) = (set.LowAscii, set.HighAscii);
    }

    public bool Accepts(int codePoint) => codePoint switch
    {
        < 64 => ((_low >> codePoint) & 1) != 0,
        < 128 => ((_high >> codePoint) & 1) != 0,
        _ => _set.Contains(codePoint),
    };
}
