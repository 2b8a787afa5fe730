namespace GitIntent.Arv.Documents;

/// <summary>How much of a document is read before it is refused.</summary>
/// <param name="MaxBytes">Of the file.</param>
/// <param name="MaxDepth">Of lists and maps in each other.</param>
/// <param name="MaxNodes">Values after aliases are expanded, so that a small file cannot grow into a huge one.</param>
internal sealed record DocumentLimits(long MaxBytes, int MaxDepth, int MaxNodes)
{
    public static readonly DocumentLimits Default = new(16 * 1024 * 1024, 256, 1_000_000);

    /// <summary>
    /// Whether a plain YAML key <c>&lt;&lt;</c> merges the maps that it names (YAML 1.1, and common in the wild). Otherwise it is refused:
    /// YAML 1.2 has no such key, and a reader that took it for an ordinary one would be wrong without a word.
    /// </summary>
    public bool MergeKeys { get; init; }
}
