using System.Collections.Immutable;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Schemas;

namespace GitIntent.Arv.Kinds.Data;

/// <summary>The samples of a schema: documents in the block, tried when it is read, and files, tried when the check runs.</summary>
internal static class Samples
{
    public static ImmutableArray<PathPattern> ReadFiles(DocNode? list, CheckReading reading) =>
        list is DocList { Items: var items } ? [.. items.OfType<DocScalar>().Select(item => PathPattern.Read(item, reading)).OfType<PathPattern>()] : [];

    public static void TryInline(DocMap block, JsonSchema schema, ConfigErrors errors)
    {
        foreach (var sample in Inline(block["valid"]))
        {
            if (Try(schema, sample, errors) is [var first, ..])
                errors.Add(first.Source, first.Start, $"valid: the schema rejects this sample: {first.Message}");
        }
        foreach (var sample in Inline(block["invalid"]))
        {
            if (Try(schema, sample, errors) is [])
                errors.Add(sample, "invalid: the schema accepts this sample");
        }
    }

    private static IEnumerable<DocNode> Inline(DocNode? list) => (list as DocList)?.Items.Where(static item => item is not DocScalar) ?? [];

    private static List<Violation>? Try(JsonSchema schema, DocNode sample, ConfigErrors errors)
    {
        try
        {
            return schema.Validate(sample, CancellationToken.None);
        }
        catch (SchemaRunException e)
        {
            errors.Add(sample, $"the schema cannot be tried on this sample: {e.Message}");
            return null;
        }
    }
}
