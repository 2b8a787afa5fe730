using GitIntent.Arv.Patterns.Dialect;
using GitIntent.Arv.Patterns.Matching.Literals;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>The engine in use. The one place that names it.</summary>
internal static class PatternMatchers
{
    /// <exception cref="PatternException">A pattern is too large for the engine.</exception>
    public static IPatternMatcher For(IEnumerable<Pattern> patterns) => For(patterns, Teddy.Widest);

    /// <summary>How a pattern is looked for, and so what it costs, for people.</summary>
    /// <exception cref="PatternException">The pattern is too large for the engine.</exception>
    public static string CostOf(Pattern pattern) => new PreparedPattern(pattern).Cost;

    /// <param name="width">Of the vectors to use: all give the same.</param>
    public static IPatternMatcher For(IEnumerable<Pattern> patterns, VectorWidth width) =>
        new FilteringMatcher([.. patterns.Select(static p => new PreparedPattern(p))], width);
}
