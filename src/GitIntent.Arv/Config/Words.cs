namespace GitIntent.Arv.Config;

/// <summary>Finds the word that somebody meant.</summary>
internal static class Words
{
    /// <summary><c> did you mean "include"?</c> with a leading space, or nothing when no word is near.</summary>
    public static string DidYouMean(string given, IEnumerable<string> allowed) => Near(given, allowed) is { } best ? $" did you mean \"{best}\"?" : "";

    /// <returns>Null when no word is near.</returns>
    public static string? Near(string given, IEnumerable<string> allowed) => allowed
        .Select(word => (word, distance: Distance(given, word)))
        .Where(x => x.distance <= Math.Max(1, Math.Max(given.Length, x.word.Length) / 3) && x.distance < x.word.Length) // a word of which no letter is left was not meant
        .OrderBy(x => x.distance).ThenBy(x => x.word, StringComparer.Ordinal)
        .Select(x => x.word)
        .FirstOrDefault();

    /// <summary>Damerau–Levenshtein distance (optimal string alignment): a swap of neighbours is one slip, not two.</summary>
    public static int Distance(string a, string b)
    {
        if (a.Length > 64 || b.Length > 64)
            return int.MaxValue; // nobody's slip; and the work stays small
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
