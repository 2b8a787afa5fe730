using System.Collections.Immutable;
using System.Text;

namespace GitIntent.Arv.Patterns.Dialect;

/// <summary>What a rule looks for: a literal, or a pattern of the dialect.</summary>
internal sealed record Pattern
{
    private Pattern(string text, string? literal, PatternNode node)
    {
        Text = text;
        Literal = literal;
        Node = node;
    }

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>The exact text that it matches, with LF as line end; null where it is a pattern.</summary>
    public string? Literal { get; }

    public PatternNode Node { get; }

    /// <exception cref="PatternException">It is too large, or has half of a surrogate pair, which no text has.</exception>
    public static Pattern OfLiteral(string text)
    {
        PatternParser.RefuseTooLong(text);
        // A checkout's line ends change no verdict: files are read with LF, so is what is looked for in them.
        var literal = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        var items = ImmutableArray.CreateBuilder<PatternNode>(literal.Length);
        for (var i = 0; i < literal.Length;)
        {
            if (Rune.DecodeFromUtf16(literal.AsSpan(i), out var rune, out var units) != System.Buffers.OperationStatus.Done)
                throw new PatternException(0, "half of a surrogate pair is no character");
            items.Add(new SetNode(i, CodePointSet.Of(rune.Value)));
            i += units;
        }
        return new Pattern(text, literal, items.Count == 1 ? items[0] : new SequenceNode(0, items.DrainToImmutable()));
    }

    /// <exception cref="PatternException">It is no pattern of the dialect.</exception>
    public static Pattern OfRegex(string text) => new(text, null, PatternParser.Parse(text));
}
