using System.Collections.Immutable;
using System.Text;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Schemas;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Config;

/// <summary>What an editor says by the schema and what the reader says are the same.</summary>
public sealed class SchemaAndReader
{
    private static readonly JsonSchema Schema = ReadSchema();

    private static readonly string Everything = File.ReadAllText(Path.Combine(Golden.SourceFolder(), "everything.yml"));

    [Fact]
    public void The_schema_is_one_that_our_own_validator_takes() => Schema.ShouldNotBeNull();

    [Fact]
    public void Presets_and_the_configuration_with_every_key_satisfy_both()
    {
        foreach (var text in Presets.Names.Select(name => Encoding.UTF8.GetString(Presets.Find(name)!)).Append(Everything))
        {
            var root = Parse(text);
            Schema.Validate(root, CancellationToken.None).Select(v => v.ToString()).ShouldBeEmpty();
            Reader(root).ShouldBeEmpty();
        }
    }

    [Fact]
    public void Every_single_change_is_good_or_bad_for_both()
    {
        var changes = 0;
        var bad = 0;
        foreach (var (what, changed) in Changes(Parse(Everything), ""))
        {
            var bySchema = Schema.IsValid(changed, CancellationToken.None);
            var byReader = Reader(changed);
            bySchema.ShouldBe(byReader.Count == 0, $"{what}: schema says {bySchema}, reader says {string.Join("; ", byReader)}");
            changes++;
            bad += bySchema ? 0 : 1;
        }
        changes.ShouldBeGreaterThan(500);
        bad.ShouldBeGreaterThan(300);
    }

    [Fact]
    public void A_file_that_extends_others_need_not_say_what_they_say()
    {
        var partial = "version: 1\nextends: [gwi]\ngates: { forbidden-patterns: { checks: { logging: { severity: off, reason: x } } } }\n";
        Schema.IsValid(Parse(partial), CancellationToken.None).ShouldBeTrue();
        Schema.IsValid(Parse(partial.Replace("extends: [gwi]\n", "", StringComparison.Ordinal)), CancellationToken.None).ShouldBeFalse();
        Schema.IsValid(Parse(partial.Replace("reason", "raeson", StringComparison.Ordinal)), CancellationToken.None).ShouldBeFalse();
    }

    /// <summary>The document with one place changed: another type, another value, a key gone, a key too many.</summary>
    private static IEnumerable<(string What, DocNode Changed)> Changes(DocNode node, string at)
    {
        foreach (var text in new[] { "{}", "[]", "null", "word", "17", "-1", "true", "''", "[word]", "{ word: word }" })
        {
            var other = Parse(text);
            if (other is not DocScalar { Type: ScalarType.Null })
                yield return ($"{at} = {text}", other);
        }
        switch (node)
        {
            case DocMap map:
                yield return ($"{at}/zzz added", With(map, [.. map.Entries, new DocEntry("zzz", "x", default, default, Parse("1"))]));
                foreach (var entry in map.Entries)
                {
                    yield return ($"{at}/{entry.Key} gone", With(map, map.Entries.Remove(entry)));
                    foreach (var (what, changed) in Changes(entry.Value, $"{at}/{entry.Key}"))
                        yield return (what, With(map, map.Entries.Replace(entry, entry with { Value = changed })));
                }
                break;
            case DocList list:
                for (var i = 0; i < list.Items.Length; i++)
                {
                    var index = i;
                    yield return ($"{at}/{index} gone", list with { Items = list.Items.RemoveAt(index) });
                    foreach (var (what, changed) in Changes(list.Items[index], $"{at}/{index}"))
                        yield return (what, list with { Items = list.Items.SetItem(index, changed) });
                }
                break;
        }
    }

    private static DocMap With(DocMap map, ImmutableArray<DocEntry> entries) => new(map.Source, map.Start, map.End, entries);

    private static List<string> Reader(DocNode root)
    {
        var errors = new ConfigErrors();
        ConfigGrammar.Root.Check(root, "arv.yml", errors);
        return [.. errors.All.Select(e => e.ToString())];
    }

    private static DocNode Parse(string yaml) =>
        DocumentReader.Read("arv.yml", Encoding.UTF8.GetBytes(yaml), DocumentFormat.Yaml, DocumentLimits.Default);

    private static JsonSchema ReadSchema()
    {
        var errors = new List<SchemaError>();
        var node = DocumentReader.Read("schema.json", Encoding.UTF8.GetBytes(ConfigSchema.Text()), DocumentFormat.Json, DocumentLimits.Default);
        var schema = JsonSchema.Read(node, SchemaOptions.Strict, errors);
        errors.ShouldBeEmpty();
        return schema!;
    }
}
