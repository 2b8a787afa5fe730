using GitIntent.Arv.Documents;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.Cli;

/// <summary>Prints a merged configuration as YAML that reads back the same, each value with the place that it comes from.</summary>
internal static class ConfigPrinter
{
    public static void Write(DocMap root, TextWriter output) => Write(root, "", output);

    private static void Write(DocMap map, string indent, TextWriter output)
    {
        foreach (var entry in map.Entries)
            WriteValue($"{indent}{Quote(entry.Key)}:", entry.Value, indent, new Origin(entry.KeySource, entry.KeyStart), output);
    }

    private static void WriteValue(string head, DocNode value, string indent, Origin origin, TextWriter output)
    {
        switch (value)
        {
            case DocMap { Entries.Length: > 0 } map:
                output.WriteLine(head);
                Write(map, indent + "  ", output);
                break;
            case DocList { Items.Length: > 0 } list:
                output.WriteLine($"{head}  # {origin}");
                foreach (var item in list.Items)
                    WriteItem(item, indent + "  ", output);
                break;
            default:
                output.WriteLine($"{head} {Inline(value)}  # {origin}");
                break;
        }
    }

    private static void WriteItem(DocNode item, string indent, TextWriter output)
    {
        if (item is DocMap { Entries.Length: > 0 } map)
        {
            output.WriteLine($"{indent}-");
            Write(map, indent + "  ", output);
        }
        else if (item is DocList { Items.Length: > 0 } list)
        {
            output.WriteLine($"{indent}-");
            foreach (var inner in list.Items)
                WriteItem(inner, indent + "  ", output);
        }
        else
        {
            output.WriteLine($"{indent}- {Inline(item)}");
        }
    }

    private static string Inline(DocNode node) => node switch
    {
        DocScalar { Type: ScalarType.Text } scalar => Quote(scalar.Text),
        DocScalar scalar => scalar.Text,
        DocMap => "{}",
        _ => "[]",
    };

    /// <summary>Plain where nothing can be mistaken, else in double quotes: every special character escaped.</summary>
    private static string Quote(string text)
    {
        var plain = text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/')
            && text is not ("true" or "false" or "null" or "True" or "False" or "Null" or "TRUE" or "FALSE" or "NULL");
        if (plain)
            return text;
        var quoted = new System.Text.StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                _ when System.Text.Rune.TryCreate(c, out var rune) && EscapeTerminal.IsHidden(rune) => $"\\u{(int)c:X4}",
                _ => c.ToString(),
            });
        }
        return quoted.Append('"').ToString();
    }

    private readonly record struct Origin(string Source, Mark Mark)
    {
        public override string ToString() => $"{EscapeTerminal.Text(Source)}:{Mark.Line}";
    }
}
