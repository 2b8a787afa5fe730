using System.Buffers;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace GitIntent.Arv.Scope;

/// <summary>Takes secrets out of what a command printed before it reaches a report: known values, and the shapes of well-known tokens.</summary>
internal sealed class Redactor
{
    /// <summary>Shorter values are words that stand everywhere.</summary>
    private const int ShortestSecret = 6;

    private const string Mask = "***";

    // The published forms: GitHub, GitLab, npm, Slack, AWS, Google, Stripe, JSON Web Tokens, authorisation headers. One that comes twice is masked twice.
    private static readonly Lazy<Regex> Shapes = new(static () => new Regex(
        """
        gh[opsur]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{30,255}|glpat-[A-Za-z0-9_-]{20,64}|npm_[A-Za-z0-9]{30,64}
        |xox[abeoprs]-[A-Za-z0-9-]{10,250}|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{35}|[rs]k_live_[A-Za-z0-9]{16,128}
        |eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}
        """.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal),
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));

    // Here the name stays and only the value goes.
    private static readonly Lazy<Regex> Labelled = new(static () => new Regex(
        """(?<keep>(?i:authorization)\s*:\s*(?i:bearer|basic|token)\s+)[^\s"']+|(?<keep>[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s/:@]{0,200}:)[^\s/@]{1,500}(?<end>@)""",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));

    // From "BEGIN" to "END", or to the end of a text that was cut.
    private static readonly Lazy<Regex> PrivateKey = new(static () => new Regex(
        "-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----[A-Za-z0-9+/=:,.\\s-]*",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));

    /// <summary>One of these is in every text that a pattern above matches.</summary>
    private static readonly SearchValues<string> Hints = SearchValues.Create(
    [
        "gho_", "ghp_", "ghs_", "ghu_", "ghr_", "github_pat_", "glpat-", "npm_", "xox", "AKIA", "ASIA", "AIza", "k_live_", "eyJ", "-----BEGIN", "authorization", "://",
    ], StringComparison.OrdinalIgnoreCase);

    private readonly ImmutableArray<string> _secrets;

    /// <param name="secrets">Values; of one with several lines each line counts.</param>
    public Redactor(IEnumerable<string> secrets) =>
        _secrets =
        [
            .. secrets
                .SelectMany(static secret => secret.Split('\n').Append(secret))
                .Select(static secret => secret.Trim())
                .Where(static secret => secret.Length >= ShortestSecret)
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(static secret => secret.Length) // a secret that is part of another must not uncover the rest of it
                .ThenBy(static secret => secret, StringComparer.Ordinal),
        ];

    public static Redactor ShapesOnly { get; } = new([]);

    /// <summary>Whether one of the known values is in it.</summary>
    public bool Knows(string text) => _secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal));

    public string Redact(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        // Most texts have none of this, and to make ready the patterns takes longer than most commands.
        if (!text.AsSpan().ContainsAny(Hints))
            return text;
        text = PrivateKey.Value.Replace(text, Mask);
        text = Shapes.Value.Replace(text, Mask);
        return Labelled.Value.Replace(text, static match => match.Groups["keep"].Value + Mask + match.Groups["end"].Value);
    }
}
