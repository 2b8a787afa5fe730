using System.Globalization;
using System.Text;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Tests.Documents;

/// <summary>Short forms for the tests of documents.</summary>
internal static class Docs
{
    public static DocNode Yaml(string text, DocumentLimits? limits = null) => Read("a.yml", text, limits);

    public static DocNode Json(string text, DocumentLimits? limits = null) => Read("a.json", text, limits);

    public static DocNode Read(string path, string text, DocumentLimits? limits = null) =>
        DocumentReader.Read(path, Encoding.UTF8.GetBytes(text), DocumentReader.FormatOf(path)!.Value, limits ?? DocumentLimits.Default);

    /// <summary><c>line:column: message</c> of the refusal.</summary>
    public static string Refusal(Action read)
    {
        var e = Should.Throw<DocumentException>(read);
        return string.Create(CultureInfo.InvariantCulture, $"{e.Mark.Line}:{e.Mark.Column}: {e.Message}");
    }

    /// <summary>As compact JSON-like text with the types: <c>{a:[1,"b"]}</c>.</summary>
    public static string Show(DocNode node) => node switch
    {
        DocMap map => "{" + string.Join(",", map.Entries.Select(e => e.Key + ":" + Show(e.Value))) + "}",
        DocList list => "[" + string.Join(",", list.Items.Select(Show)) + "]",
        DocScalar { Type: ScalarType.Text } s => "\"" + s.Text + "\"",
        DocScalar { Type: ScalarType.Null } => "null",
        DocScalar s => s.Text,
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    /// <summary><c>line:column-line:column</c>.</summary>
    public static string Place(DocNode node) => string.Create(CultureInfo.InvariantCulture, $"{node.Start.Line}:{node.Start.Column}-{node.End.Line}:{node.End.Column}");
}
