using GitIntent.Arv.Patterns.Dialect;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>A pattern made ready to be looked for.</summary>
internal sealed class PreparedPattern
{
    /// <exception cref="PatternException">The pattern is too large for the engine.</exception>
    public PreparedPattern(Pattern pattern)
    {
        Literal = pattern.Literal;
        Required = RequiredLiterals.Of(pattern.Node).Select(static l => new LiteralFinder(l)).ToArray();
        Machine = pattern.Literal is null ? (PatternProgram.Of(pattern.Node), new FirstCharacters(pattern.Node)) : null;
    }

    /// <summary>The literal that is the whole pattern, or null.</summary>
    public string? Literal { get; }

    /// <summary>Every match holds one of these in the file's bytes; empty when nothing is known.</summary>
    public LiteralFinder[] Required { get; }

    /// <summary>What a <see cref="ThreadMachine"/> runs; null for a literal.</summary>
    public (PatternProgram Program, FirstCharacters First)? Machine { get; }
}
