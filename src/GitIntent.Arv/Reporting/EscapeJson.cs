using System.Text;
using System.Text.Encodings.Web;

namespace GitIntent.Arv.Reporting;

/// <summary>Leaves readable text readable in JSON, in every script, and escapes what <see cref="EscapeTerminal"/> would spell out.</summary>
internal sealed class EscapeJson : JavaScriptEncoder
{
    public static readonly EscapeJson Encoder = new();

    private EscapeJson()
    {
    }

    /// <summary>
    /// Written JSON whose every <c>##[</c> (it can stand only inside a string) is no workflow command: <c>--json -</c> prints into the log.
    /// </summary>
    public static string Document(string json) => json.Replace("##[", "#\\u0023[", StringComparison.Ordinal);

    public override int MaxOutputCharactersPerInputCharacter => UnsafeRelaxedJsonEscaping.MaxOutputCharactersPerInputCharacter;

    public override bool WillEncode(int unicodeScalar) =>
        unicodeScalar is '"' or '\\' || EscapeTerminal.IsHidden(new Rune(unicodeScalar));

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var rest = new ReadOnlySpan<char>(text, textLength);
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done || WillEncode(rune.Value))
                return textLength - rest.Length;

            rest = rest[length..];
        }

        return -1;
    }

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        if (unicodeScalar is '"' or '\\' or < 0x80)
            return UnsafeRelaxedJsonEscaping.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

        // The built-in encoder would leave format characters as they are.
        Span<char> units = stackalloc char[2];
        var count = new Rune(unicodeScalar).EncodeToUtf16(units);
        numberOfCharactersWritten = 0;
        foreach (var unit in units[..count])
        {
            if (!$"\\u{(int)unit:X4}".TryCopyTo(new Span<char>(buffer, bufferLength)[numberOfCharactersWritten..])) return false;

            numberOfCharactersWritten += 6;
        }

        return true;
    }
}
