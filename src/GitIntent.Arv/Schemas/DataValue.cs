using System.Text;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Schemas;

/// <summary>Values by JSON's meaning: numbers are equal by value, maps whatever the order of their keys, and <c>1</c> is not <c>"1"</c>.</summary>
internal static class DataValue
{
    public static bool Equal(DocNode a, DocNode b) => ReferenceEquals(a, b) || Canonical(a) == Canonical(b);

    /// <summary>The same text for equal values, and for no others.</summary>
    public static string Canonical(DocNode node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    public static bool IsNumber(DocNode node) => node is DocScalar { Type: ScalarType.Number };

    /// <summary>What a value is, in words of JSON Schema: integers are <c>number</c> here.</summary>
    public static string TypeOf(DocNode node) => node switch
    {
        DocMap => "object",
        DocList => "array",
        DocScalar { Type: ScalarType.Null } => "null",
        DocScalar { Type: ScalarType.Boolean } => "boolean",
        DocScalar { Type: ScalarType.Number } => "number",
        _ => "string",
    };

    /// <summary>For messages: short, on one line.</summary>
    public static string Show(DocNode node) => node switch
    {
        DocMap { Entries.Length: var count } => count == 0 ? "an empty map" : $"a map of {count} {(count == 1 ? "key" : "keys")}",
        DocList { Items.Length: var count } => count == 0 ? "an empty list" : $"a list of {count} {(count == 1 ? "item" : "items")}",
        DocScalar { Type: ScalarType.Text } text => Quote(text.Text),
        DocScalar { Type: ScalarType.Null } => "null",
        DocScalar scalar => Shorten(scalar.Text),
        _ => "a value",
    };

    public static string Quote(string text) => "\"" + Shorten(text.ReplaceLineEndings("\\n")) + "\"";

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..77] + "…";

    private static void Write(DocNode node, StringBuilder text)
    {
        switch (node)
        {
            case DocMap map:
                text.Append('{');
                foreach (var entry in map.Entries.OrderBy(static e => e.Key, StringComparer.Ordinal))
                {
                    WriteText(entry.Key, text);
                    Write(entry.Value, text);
                }
                text.Append('}');
                break;
            case DocList list:
                text.Append('[');
                foreach (var item in list.Items)
                    Write(item, text);
                text.Append(']');
                break;
            case DocScalar { Type: ScalarType.Text } scalar:
                WriteText(scalar.Text, text);
                break;
            case DocScalar { Type: ScalarType.Number } number:
                text.Append('#').Append(DataNumber.Parse(number.Text)).Append(';');
                break;
            case DocScalar { Type: ScalarType.Boolean } flag:
                text.Append(flag.Text[0] is 't' or 'T' ? '+' : '-');
                break;
            default:
                text.Append('~');
                break;
        }
    }

    /// <summary>With its length in front, so that no text can look like something else.</summary>
    private static void WriteText(string value, StringBuilder text) => text.Append('"').Append(value.Length).Append(':').Append(value);
}
