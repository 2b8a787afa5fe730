using System.Globalization;
using System.Text;

namespace GitIntent.Reliability;

/// <summary>A double as ECMAScript writes it (ECMA-262, Number::toString, which RFC 8785 §3.2.2.3 prescribes).</summary>
internal static class EcmaNumber
{
    public static string Format(double value)
    {
        if (value == 0)
            return "0"; // and minus zero
        // The shortest digits that round-trip are the platform's; only their layout differs.
        var text = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var (digits, point) = Split(text);
        var sign = value < 0 ? "-" : "";
        return sign + Layout(digits, point);
    }

    /// <returns>The digits without leading and trailing zeros, and where the point is: 0.ddd × 10^point.</returns>
    private static (string Digits, int Point) Split(string text)
    {
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? text : text[..e];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = dot < 0 ? mantissa : string.Concat(mantissa.AsSpan(0, dot), mantissa.AsSpan(dot + 1));
        var point = (dot < 0 ? mantissa.Length : dot) + exponent;
        var trimmed = digits.TrimStart('0');
        point -= digits.Length - trimmed.Length;
        return (trimmed.TrimEnd('0'), point);
    }

    private static string Layout(string digits, int point)
    {
        var count = digits.Length;
        if (count <= point && point <= 21)
            return digits + new string('0', point - count);
        if (point is > 0 and <= 21)
            return string.Concat(digits.AsSpan(0, point), ".", digits.AsSpan(point));
        if (point is > -6 and <= 0)
            return string.Concat("0.", new string('0', -point), digits);
        var text = new StringBuilder(digits, 0, 1, 32);
        if (count > 1)
            text.Append('.').Append(digits, 1, count - 1);
        var exponent = point - 1;
        return text.Append('e').Append(exponent < 0 ? '-' : '+').Append(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture)).ToString();
    }
}
