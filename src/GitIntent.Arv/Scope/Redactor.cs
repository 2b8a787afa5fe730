using System.Buffers;
using System.Collections.Immutable;

namespace GitIntent.Arv.Scope;

/// <summary>Takes secrets out of what reaches a report: known values, however they are encoded, and the shapes of well-known tokens.</summary>
internal sealed class Redactor
{
    /// <summary>Shorter values are words that stand everywhere.</summary>
    private const int ShortestSecret = 6;

    private const string Mask = "***";

    private readonly ImmutableArray<string> _secrets;

    /// <summary>Whether any of them is in a text is asked of every text of a report, and hardly ever so.</summary>
    private readonly Lazy<SearchValues<string>> _any;

    /// <param name="secrets">Values; of one with several lines each line counts.</param>
    public Redactor(IEnumerable<string> secrets)
    {
        _secrets =
        [
            .. secrets
                .SelectMany(static secret => secret.Split('\n').Append(secret))
                .Select(static secret => secret.Trim())
                .Where(static secret => secret.Length >= ShortestSecret)
                .SelectMany(SecretForms.Of)
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(static secret => secret.Length) // a secret that is part of another must not uncover the rest of it
                .ThenBy(static secret => secret, StringComparer.Ordinal),
        ];
        _any = new(() => SearchValues.Create(_secrets.AsSpan(), StringComparison.Ordinal));
    }

    public static Redactor ShapesOnly { get; } = new([]);

    /// <summary>Whether one of the known values is in it.</summary>
    public bool Knows(string text) => !_secrets.IsEmpty && text.AsSpan().ContainsAny(_any.Value);

    public string Redact(string text)
    {
        if (Knows(text))
        {
            foreach (var secret in _secrets)
                text = text.Replace(secret, Mask, StringComparison.Ordinal);
        }

        return SecretShapes.Mask(text, Mask);
    }
}
