using System.Text;
using GitIntent.Arv.Patterns.Dialect;
using GitIntent.Arv.Patterns.Matching;

namespace GitIntent.Arv.Patterns;

/// <summary>A pattern of the dialect that must match a short text whole: a file's name, a folder's.</summary>
internal sealed class WholePattern
{
    /// <summary>Far more than the longest name needs with the largest program.</summary>
    private const long MaxWork = 100_000_000;

    private readonly PatternProgram _program;
    private readonly FirstBytes _first;

    private WholePattern(PatternNode node) => (_program, _first) = (PatternProgram.Of(node), new FirstBytes(node));

    /// <exception cref="PatternException">It is no pattern of the dialect, or too large for the engine.</exception>
    public static WholePattern Parse(string text)
    {
        _ = Pattern.OfRegex(text); // a mistake is reported at its place in what was written
        return new WholePattern(Pattern.OfRegex($@"\A(?:{text})\z").Node);
    }

    public bool Matches(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new ThreadMachine(_program, _first) { Work = MaxWork }.Find(bytes, 0, bytes.Length, open: false) is not null;
    }
}
