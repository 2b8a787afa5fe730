namespace GitIntent.Reliability;

internal static class ErrorFields
{
    /// <summary>The fields that have a value, in the order given.</summary>
    public static IReadOnlyDictionary<string, object?> Of(params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        var set = new Dictionary<string, object?>(fields.Length, StringComparer.Ordinal);
        foreach (var (name, value) in fields)
        {
            if (value is not null)
                set.Add(name, value);
        }

        return set;
    }
}
