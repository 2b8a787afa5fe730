using System.Buffers;
using System.Globalization;

namespace GitIntent.Reliability;

/// <summary>The door: what every id and duration has to be before a store sees it.</summary>
internal static class Identifiers
{
    public const int MaxLength = 512;

    private static readonly SearchValues<char> s_suspect = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 0x20).Concat([0x7F]).Select(c => (char)c)) + string.Concat(Enumerable.Range(0xD800, 0x800).Select(c => (char)c)));

    public static string Required(string? value, string field)
    {
        if (string.IsNullOrEmpty(value))
            throw GwiValidationException.ForField(field, $"{field} is empty. Give it 1 to {MaxLength} characters.");
        if (value.Length > MaxLength)
            throw GwiValidationException.ForField(field, string.Create(CultureInfo.InvariantCulture, $"{field} has {value.Length} characters; at most {MaxLength} are allowed. Hash what is longer."));
        if (value.AsSpan().ContainsAny(s_suspect))
            RefuseSuspect(value, field);
        else if (char.IsWhiteSpace(value[0]) && string.IsNullOrWhiteSpace(value))
            throw GwiValidationException.ForField(field, $"{field} is blank. Give it 1 to {MaxLength} characters.");
        return value;
    }

    public static string? Optional(string? value, string field) => value is null ? null : Required(value, field);

    /// <summary>Free text that a store keeps, such as a reason.</summary>
    public static string? Note(string? value, string field)
    {
        if (value is null)
            return null;
        if (value.Length > 4096 || value.Contains('\0', StringComparison.Ordinal) || SafeText.WellFormed(value) != value)
            throw GwiValidationException.ForField(field, $"{field} must be well-formed text of at most 4096 characters without a null character.");
        return value;
    }

    private static void RefuseSuspect(string value, string field)
    {
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                i++;
            else if (char.IsSurrogate(c) || c < ' ' || c == '\x7F')
                throw GwiValidationException.ForField(field, string.Create(CultureInfo.InvariantCulture, $"{field} has U+{(int)c:X4} at index {i}. Control characters and unpaired surrogates are not allowed."));
        }
    }
}
