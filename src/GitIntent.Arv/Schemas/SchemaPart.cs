using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Schemas;

/// <summary>A schema's map while its keywords are read: their values by type.</summary>
internal sealed class SchemaPart(SchemaReader reader, SchemaNode schema, DocMap map)
{
    public SchemaNode Schema => schema;

    public SchemaReader Reader => reader;

    public bool Has(string keyword) => map.TryGet(keyword, out _);

    public DocNode Value(string keyword) => map[keyword]!;

    public DocScalar Scalar(string keyword) => (DocScalar)map[keyword]!;

    public SchemaNode? Sub(string keyword) => map[keyword] is { } value ? reader.ReadSchema(value, schema.Resource) : null;

    public ImmutableArray<SchemaNode> Subs(string keyword) =>
        map[keyword] is DocList list ? [.. list.Items.Select(item => reader.ReadSchema(item, schema.Resource))] : [];

    public ImmutableArray<(string Key, SchemaNode Schema)> SubMap(string keyword) =>
        map[keyword] is DocMap subs ? [.. subs.Entries.Select(e => (e.Key, reader.ReadSchema(e.Value, schema.Resource)))] : [];

    public ImmutableArray<(Regex Pattern, SchemaNode Schema)> PatternMap(string keyword)
    {
        if (map[keyword] is not DocMap subs)
            return [];
        var result = ImmutableArray.CreateBuilder<(Regex, SchemaNode)>();
        foreach (var entry in subs.Entries)
        {
            var sub = reader.ReadSchema(entry.Value, schema.Resource);
            if (Pattern(entry.Key, new DocScalar(entry.KeySource, entry.KeyStart, entry.KeyEnd, entry.Key, ScalarType.Text)) is { } pattern)
                result.Add((pattern, sub));
        }
        return result.ToImmutable();
    }

    public Regex? Pattern(string pattern, DocNode at)
    {
        try
        {
            return EcmaPattern.Compile(pattern);
        }
        catch (FormatException e)
        {
            reader.Error(at, $"the pattern {pattern} is not supported: {e.Message}");
            return null;
        }
    }

    public static ImmutableArray<string> Texts(DocNode node) =>
        node is DocList list ? [.. list.Items.Cast<DocScalar>().Select(static item => item.Text)] : [((DocScalar)node).Text];

    public DataNumber Number(string keyword) => DataNumber.Parse(Scalar(keyword).Text);
}
