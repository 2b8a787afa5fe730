using GitIntent.Arv.Scope;

namespace GitIntent.Arv.Policy;

/// <summary>
/// Texts without secrets, each looked at once: the findings of a rule share its words, and neighbours their path. Known by reference, since to compare
/// texts takes as long as to look at them. For one thread.
/// </summary>
internal sealed class RedactedTexts(Redactor redactor)
{
    /// <summary>Where each finding has words of its own, the last ones are enough.</summary>
    private const int Most = 1024;

    private readonly Dictionary<string, string> _known = new(ReferenceEqualityComparer.Instance);

    public string? Of(string? text)
    {
        if (text is null)
            return null;
        if (_known.TryGetValue(text, out var redacted))
            return redacted;
        if (_known.Count == Most)
            _known.Clear();
        return _known[text] = redactor.Redact(text);
    }
}
