using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GitIntent.Arv.Reporting;

/// <summary>Leaves readable text readable in JSON, in every script, and escapes what <see cref="EscapeTerminal"/> would spell out.</summary>
internal sealed partial class EscapeJson : JavaScriptEncoder
{
    public static readonly EscapeJson Encoder = new();

    private EscapeJson()
    {
    }

    /// <summary>
    /// Written JSON whose every <c>##[</c> (it can stand only inside a string) is no workflow command: <c>--json -</c> prints into the log.
    /// </summary>
    public static string Document(string json) => json.Replace("##[", "#\\u0023[", StringComparison.Ordinal);

    /// <summary>
    /// Somebody else's JSON, in our spelling. It may escape half a surrogate pair (a cut output does), which is JSON by the grammar,
    /// but which the writer refuses to copy (RFC 8259, section 8.2).
    /// </summary>
    public static void Element(Utf8JsonWriter json, JsonElement element)
    {
        var text = element.GetRawText();
        if (!text.Contains("\\ud", StringComparison.OrdinalIgnoreCase))
        {
            element.WriteTo(json);
            return;
        }

        var repaired = Surrogates().Replace(text, static m => m.Groups["half"].Success ? "\\ufffd" : m.Value);
        using var document = JsonDocument.Parse(repaired, new JsonDocumentOptions { MaxDepth = 1000 });
        document.WriteTo(json);
    }

    [GeneratedRegex(@"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})")]
    private static partial Regex Surrogates();

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
