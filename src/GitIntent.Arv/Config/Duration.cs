using System.Globalization;

namespace GitIntent.Arv.Config;

/// <summary>A length of time as people write it: <c>500ms</c>, <c>10s</c>, <c>5m</c>, <c>1h</c>.</summary>
internal static class Duration
{
    public const string Expected = "a time such as 500ms, 10s, 5m or 1h";
    public const string Pattern = "^[0-9]{1,9}(ms|s|m|h)$";

    /// <summary>Longer than any run; a timer takes it.</summary>
    private static readonly TimeSpan Max = TimeSpan.FromDays(24);

    public static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is < 1 or > 9)
            return false;
        var number = long.Parse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture);
        long? milliseconds = text[digits..] switch
        {
            "ms" => number,
            "s" => number * 1_000,
            "m" => number * 60_000,
            "h" => number * 3_600_000,
            _ => null,
        };
        if (milliseconds is not > 0 || milliseconds > Max.TotalMilliseconds)
            return false;
        value = TimeSpan.FromMilliseconds(milliseconds.Value);
        return true;
    }

    public static bool IsValid(string text) => TryParse(text, out _);

    /// <summary>The shortest form that means the same: <c>90s</c>, not <c>1.5m</c>.</summary>
    public static string Format(TimeSpan value)
    {
        var ms = (long)value.TotalMilliseconds;
        return (ms % 3_600_000, ms % 60_000, ms % 1_000) switch
        {
            (0, _, _) => string.Create(CultureInfo.InvariantCulture, $"{ms / 3_600_000}h"),
            (_, 0, _) => string.Create(CultureInfo.InvariantCulture, $"{ms / 60_000}m"),
            (_, _, 0) => string.Create(CultureInfo.InvariantCulture, $"{ms / 1_000}s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{ms}ms"),
        };
    }
}
