using GitIntent.Arv.Patterns.Matching.Literals;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>The engine in use. The one place that names it.</summary>
internal static class PatternMatchers
{
    public static IPatternMatcher For(IEnumerable<PreparedPattern> patterns) => For(patterns, Teddy.Widest);

    /// <param name="width">Of the vectors to use: all give the same.</param>
    public static IPatternMatcher For(IEnumerable<PreparedPattern> patterns, VectorWidth width) => new FilteringMatcher([.. patterns], width);
}
