namespace GitIntent.Arv.GitHub;

/// <summary>Cuts text at a limit without halving a character.</summary>
internal static class TextBudget
{
    public static string Characters(string text, int limit)
    {
        if (text.Length <= limit) return text;

        return char.IsHighSurrogate(text[limit - 1]) ? text[..(limit - 1)] : text[..limit];
    }
}
