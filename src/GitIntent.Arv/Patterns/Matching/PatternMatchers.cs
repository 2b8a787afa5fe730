using GitIntent.Arv.Patterns.Dialect;
using GitIntent.Arv.Patterns.Matching.Literals;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>The engine in use. The one place that names it.</summary>
internal static class PatternMatchers
{
    /// <exception cref="PatternException">A pattern is too large for the engine.</exception>
    public static IPatternMatcher For(IEnumerable<Pattern> patterns) => For(patterns.Select(static p => new PreparedPattern(p)));

    public static IPatternMatcher For(IEnumerable<PreparedPattern> patterns) => For(patterns, Teddy.Widest);

    /// <param name="width">Of the vectors to use: all give the same.</param>
    public static IPatternMatcher For(IEnumerable<PreparedPattern> patterns, VectorWidth width) => new FilteringMatcher([.. patterns], width);
}
