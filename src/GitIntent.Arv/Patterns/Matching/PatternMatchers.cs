using GitIntent.Arv.Patterns.Dialect;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>The engine in use. The one place that names it.</summary>
internal static class PatternMatchers
{
    /// <exception cref="PatternException">A pattern is too large for the engine.</exception>
    public static IPatternMatcher For(IEnumerable<Pattern> patterns) => new PlainMatcher([.. patterns.Select(static p => new PreparedPattern(p))]);
}
