using GitIntent.Arv.Patterns.Dialect;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>Finds one pattern in text, and counts the steps. For one thread.</summary>
internal abstract class MatchMachine
{
    /// <summary>In an open text nothing is decided so near to its end: a code point's bytes, and the byte that an assertion looks at beyond them.</summary>
    private protected const int OpenEnd = 8;

    /// <summary>How many steps are left; below zero, a result is none.</summary>
    public long Work { get; set; }

    /// <summary>Where an attempt started that an open text was too short for; -1 when there was none.</summary>
    public int Undecided { get; private protected set; } = -1;

    /// <summary>Whoever asks for an end gets it within a few steps: a whole budget takes seconds.</summary>
    public CancellationToken Stop { get; set; }

    /// <summary>The leftmost match that starts from <paramref name="at"/> on and before <paramref name="startsEnd"/>, or null.</summary>
    /// <param name="open">Whether more text follows.</param>
    public abstract (int Start, int End)? Find(ReadOnlySpan<byte> text, int at, int startsEnd, bool open);

    private protected static bool Holds(AssertionType assertion, ReadOnlySpan<byte> text, int at) => assertion switch
    {
        AssertionType.LineStart => at == 0 || text[at - 1] == '\n',
        AssertionType.LineEnd => at == text.Length || text[at] == '\n',
        AssertionType.TextStart => at == 0,
        AssertionType.TextEnd => at == text.Length,
        _ => (IsWord(text, at - 1) != IsWord(text, at)) == (assertion == AssertionType.WordBoundary),
    };

    private static bool IsWord(ReadOnlySpan<byte> text, int at) =>
        at >= 0 && at < text.Length && (char.IsAsciiLetterOrDigit((char)text[at]) || text[at] == '_');
}
