namespace GitIntent.Arv.Documents;

/// <summary>The types of plain scalars by YAML 1.2's core schema (chapter 10.3.2).</summary>
internal static class YamlScalars
{
    public static ScalarType TypeOf(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarType.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarType.Boolean,
        _ => IsNumber(plain) ? ScalarType.Number : ScalarType.Text,
    };

    private static bool IsNumber(string text)
    {
        if (text.StartsWith("0o", StringComparison.Ordinal))
            return text.Length > 2 && text.AsSpan(2).IndexOfAnyExceptInRange('0', '7') < 0;
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return text.Length > 2 && text.Skip(2).All(char.IsAsciiHexDigit);
        if (text is ".nan" or ".NaN" or ".NAN")
            return true;
        var rest = text.AsSpan(text[0] is '+' or '-' ? 1 : 0);
        return rest is ".inf" or ".Inf" or ".INF" || IsDecimal(rest);
    }

    /// <summary><c>( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?</c></summary>
    private static bool IsDecimal(ReadOnlySpan<char> rest)
    {
        var whole = Digits(ref rest);
        if (rest is ['.', ..])
        {
            rest = rest[1..];
            if (Digits(ref rest) == 0 && whole == 0)
                return false;
        }
        else if (whole == 0)
        {
            return false;
        }
        if (rest is ['e' or 'E', ..])
        {
            rest = rest[(rest is [_, '+' or '-', ..] ? 2 : 1)..];
            if (Digits(ref rest) == 0)
                return false;
        }
        return rest.IsEmpty;
    }

    private static int Digits(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAnyExceptInRange('0', '9');
        var count = end < 0 ? rest.Length : end;
        rest = rest[count..];
        return count;
    }
}
