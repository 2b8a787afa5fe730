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
        for (var c = 0; c < 64; c++)
        {
            _low |= set.Contains(c) ? 1UL << c : 0;
            _high |= set.Contains(c + 64) ? 1UL << c : 0;
        }
    }

    public bool Accepts(int codePoint) => codePoint switch
    {
        < 64 => ((_low >> codePoint) & 1) != 0,
        < 128 => ((_high >> codePoint) & 1) != 0,
        _ => _set.Contains(codePoint),
    };
}
