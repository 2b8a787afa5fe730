using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace GitIntent.Reliability;

/// <summary>Text of foreign objects, whose getters may throw, as text that any encoder takes.</summary>
internal static class SafeText
{
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What describes a failure must not fail.")]
    public static string MessageOf(Exception exception)
    {
        try
        {
            return WellFormed(exception.Message ?? "");
        }
        catch (Exception e)
        {
            return $"[message unavailable: {e.GetType().Name}]";
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What describes a failure must not fail.")]
    public static string? StackOf(Exception exception)
    {
        try
        {
            return exception.StackTrace is { } stack ? WellFormed(stack) : null;
        }
        catch (Exception e)
        {
            return $"[stack unavailable: {e.GetType().Name}]";
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What describes a failure must not fail.")]
    public static string Of(object? value)
    {
        try
        {
            var text = value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value?.ToString();
            return WellFormed(text ?? "");
        }
        catch (Exception e)
        {
            return $"[text unavailable: {e.GetType().Name}]";
        }
    }

    /// <summary>Lone surrogates have no UTF-8 form; they become U+FFFD.</summary>
    public static string WellFormed(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(rune.ToString());
        return clean.ToString();
    }
}
