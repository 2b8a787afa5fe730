using System.Text.RegularExpressions;
using GitIntent.Arv.Kinds.Text.Dialect;

namespace GitIntent.Arv.Kinds.Text.Matching;

/// <summary>A pattern made ready for .NET's linear engine.</summary>
internal sealed class CompiledPattern
{
    private CompiledPattern(Pattern pattern, CharacterMap? map, Regex? regex)
    {
        Literal = pattern.Literal;
        Map = map;
        Regex = regex;
        Required = RequiredLiterals.Of(pattern.Node).Select(static l => new LiteralFinder(l)).ToArray();
    }

    /// <summary>The literal that is the whole pattern, or null.</summary>
    public string? Literal { get; }

    /// <summary>For <see cref="Regex"/>, null with it.</summary>
    public CharacterMap? Map { get; }

    public Regex? Regex { get; }

    /// <summary>Every match holds one of these in the file's bytes; empty when nothing is known.</summary>
    public LiteralFinder[] Required { get; }

    /// <param name="budget">How long one match may take.</param>
    /// <exception cref="PatternException">The pattern is too large for the engine.</exception>
    public static CompiledPattern Of(Pattern pattern, TimeSpan budget)
    {
        if (pattern.Literal is not null)
            return new CompiledPattern(pattern, null, null);
        try
        {
            if (CharacterMap.Of(Sets(pattern.Node)) is { } map)
            {
                const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
                return new CompiledPattern(pattern, map, new Regex(RegexTranslator.Translate(pattern.Node, map), options, budget));
            }
        }
        catch (NotSupportedException)
        {
            // The engine refuses what would take more than 10,000 states.
        }
        throw new PatternException(0, "the pattern is too large, with its counts written out; split it into several rules, or lower the counts");
    }

    private static IEnumerable<CodePointSet> Sets(PatternNode node) => node switch
    {
        SetNode set => [set.Set],
        SequenceNode sequence => sequence.Items.SelectMany(Sets),
        ChoiceNode choice => choice.Items.SelectMany(Sets),
        RepeatNode repeat => Sets(repeat.Item),
        _ => [],
    };
}
