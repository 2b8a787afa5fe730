using System.Globalization;
using System.Text;
using GitIntent.Arv.Patterns.Matching.Literals;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>What the engine looks for, for people.</summary>
internal static class LiteralText
{
    public static string Show(RequiredLiteral literal) =>
        $"\"{string.Concat(Encoding.UTF8.GetString([.. literal.Bytes]).Select(static c => Show(c)))}\"" + (literal.AnyCase.Contains(true) ? " in either case" : "");

    public static string Show(ByteSet set)
    {
        var text = new StringBuilder("[");
        for (var first = 0; first < 128; first++)
        {
            if (!set.Contains((byte)first))
                continue;
            var last = first;
            while (last < 127 && set.Contains((byte)(last + 1)))
                last++;
            text.Append(Show((char)first));
            if (last > first)
                text.Append(last > first + 1 ? "-" : "").Append(Show((char)last));
            first = last;
        }
        return text.Append(set.Beyond ? "\\x80-\\xFF]" : "]").ToString();
    }

    private static string Show(char c) => char.IsControl(c) ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}") : c.ToString();
}
