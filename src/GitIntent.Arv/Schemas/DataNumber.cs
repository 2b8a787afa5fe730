using System.Globalization;
using System.Numerics;

namespace GitIntent.Arv.Schemas;

/// <summary>
/// A number exactly as written, whatever its size: sign, digits without zeros at either end, and the power of ten of the last digit.
/// So <c>1</c>, <c>1.0</c> and <c>10e-1</c> are one number, and <c>1e400</c> is greater than <c>1e399</c> without being written out.
/// </summary>
internal readonly record struct DataNumber(int Sign, string Digits, long Exponent) : IComparable<DataNumber>
{
    private const long Huge = 1L << 60;

    /// <summary>Longer ones are neither divided nor converted: the work grows faster than the number.</summary>
    private const int MaxConvertible = 5_000;

    public static readonly DataNumber Infinity = new(1, "inf", Huge);
    public static readonly DataNumber NotANumber = new(0, "nan", 0);

    public bool IsInteger => Exponent >= 0 && Digits is not ("inf" or "nan");

    /// <summary>Of a literal that a document reader took for a number.</summary>
    /// <exception cref="SchemaRunException">It is not decimal, and has too many digits.</exception>
    public static DataNumber Parse(string literal)
    {
        var sign = literal[0] == '-' ? -1 : 1;
        var text = literal.TrimStart('+', '-');
        if (text.TrimStart('.').Equals("inf", StringComparison.OrdinalIgnoreCase))
            return Infinity with { Sign = sign };
        if (text.TrimStart('.').Equals("nan", StringComparison.OrdinalIgnoreCase))
            return NotANumber;
        if (text is ['0', 'x' or 'o' or 'b', ..])
            return Of(sign, Radix(text), "", 0);
        var e = text.AsSpan().IndexOfAny('e', 'E');
        var exponent = e < 0 ? 0 : ParseExponent(text[(e + 1)..]);
        var mantissa = (e < 0 ? text : text[..e]).Split('.');
        return Of(sign, mantissa[0], mantissa.Length > 1 ? mantissa[1] : "", exponent);
    }

    public int CompareTo(DataNumber other)
    {
        if (Sign != other.Sign)
            return Sign.CompareTo(other.Sign);
        // Above zero the place of the first digit decides, then the digits from the left.
        var byPlace = (Digits.Length + Exponent).CompareTo(other.Digits.Length + other.Exponent);
        return Sign * (byPlace != 0 ? byPlace : string.CompareOrdinal(Digits, other.Digits));
    }

    /// <exception cref="SchemaRunException">One of the two has too many digits.</exception>
    public bool IsMultipleOf(DataNumber divisor)
    {
        if (Sign == 0)
            return Digits != "nan";
        // Without zeros at its end, this is no multiple of a higher power of ten.
        if (Digits == "inf" || Exponent < divisor.Exponent)
            return false;
        if (Digits.Length > MaxConvertible || divisor.Digits.Length > MaxConvertible)
            throw new SchemaRunException($"a number of more than {MaxConvertible} digits is not divided");
        var d = BigInteger.Parse(divisor.Digits, CultureInfo.InvariantCulture);
        return (BigInteger.Parse(Digits, CultureInfo.InvariantCulture) * BigInteger.ModPow(10, Exponent - divisor.Exponent, d) % d).IsZero;
    }

    public override string ToString() => Sign == 0 ? (Digits.Length == 0 ? "0" : Digits) : string.Create(CultureInfo.InvariantCulture, $"{(Sign < 0 ? "-" : "")}{Digits}e{Exponent}");

    private static DataNumber Of(int sign, string whole, string fraction, long exponent)
    {
        var all = (whole + fraction).TrimStart('0');
        var digits = all.TrimEnd('0');
        return digits.Length == 0 ? new DataNumber(0, "", 0) : new DataNumber(sign, digits, exponent - fraction.Length + (all.Length - digits.Length));
    }

    private static long ParseExponent(string text) =>
        BigInteger.TryParse(text.Length > 100 ? text[..100] : text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? (long)BigInteger.Max(-Huge / 2, BigInteger.Min(Huge / 2, value))
            : 0;

    private static string Radix(string text)
    {
        if (text.Length > MaxConvertible)
            throw new SchemaRunException($"a number of more than {MaxConvertible} digits that are not decimal is not read");
        var radix = text[1] switch { 'x' => 16, 'o' => 8, _ => 2 };
        var value = text.Skip(2).Aggregate(BigInteger.Zero, (sum, c) => (sum * radix) + int.Parse(c.ToString(), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        return value.ToString(CultureInfo.InvariantCulture);
    }
}
