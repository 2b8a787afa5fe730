namespace GitIntent.Reliability.Conformance.Scenes;

/// <summary>Finds run, tenant and step among labels and tags, however their names are spelt: <c>run_id</c>, <c>runId</c>, <c>gwi.run.id</c>, <c>tenant</c>.</summary>
internal static class Stamp
{
    public static string? Of<T>(IEnumerable<KeyValuePair<string, T>> labels, string word) =>
        labels.Where(l => Names(l.Key, word)).Select(static l => l.Value?.ToString()).FirstOrDefault();

    public static RunIdentity Of<T>(IEnumerable<KeyValuePair<string, T>> labels) => new(Of(labels, "run"), Of(labels, "tenant"), Of(labels, "step"));

    private static bool Names(string name, string word)
    {
        var letters = string.Concat(name.Where(char.IsAsciiLetter)).ToLowerInvariant();
        return letters.EndsWith(word, StringComparison.Ordinal) || letters.EndsWith(word + "id", StringComparison.Ordinal);
    }
}
