using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GitIntent.Arv.Documents;

/// <summary>Tags: those of the core schema are honoured, all others refused, since what they mean is not known here.</summary>
internal static class YamlTags
{
    private const string Core = "tag:yaml.org,2002:";

    public static DocScalar Scalar(string source, Scalar scalar, Mark start, Mark end)
    {
        var byForm = scalar.Style == ScalarStyle.Plain ? YamlScalars.TypeOf(scalar.Value) : ScalarType.Text;
        var type = scalar.Tag.IsEmpty ? byForm : Tagged(source, scalar, start);
        return new DocScalar(source, start, end, scalar.Value, type);
    }

    /// <summary>Refuses a list or map that is tagged as something else.</summary>
    public static void Require(string source, NodeEvent node, string tag, string what, Mark at)
    {
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific && node.Tag.Value != tag)
            throw new DocumentException(source, at, $"the tag {Show(node.Tag.Value)} is not supported on {what}");
    }

    private static ScalarType Tagged(string source, Scalar scalar, Mark at)
    {
        var tag = scalar.Tag.IsNonSpecific ? Core + "str" : scalar.Tag.Value;
        var type = tag switch
        {
            Core + "str" or Core + "binary" or Core + "timestamp" => ScalarType.Text,
            Core + "int" or Core + "float" => ScalarType.Number,
            Core + "bool" => ScalarType.Boolean,
            Core + "null" => ScalarType.Null,
            _ => throw new DocumentException(source, at, $"the tag {Show(tag)} is not supported"),
        };
        if (type != ScalarType.Text && YamlScalars.TypeOf(scalar.Value) != type)
            throw new DocumentException(source, at, $"\"{scalar.Value}\" is no value of the tag {Show(tag)}");
        return type;
    }

    private static string Show(string tag) => tag.StartsWith(Core, StringComparison.Ordinal) ? "!!" + tag[Core.Length..] : tag;
}
