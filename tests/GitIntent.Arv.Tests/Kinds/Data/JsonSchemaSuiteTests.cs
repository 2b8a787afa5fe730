using System.Collections.Frozen;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Schemas;

namespace GitIntent.Arv.Tests.Kinds.Data;

/// <summary>
/// The official suite of JSON Schema, draft 2020-12, all of its required tests, none left out. It is not in this repository: <c>ARV_JSON_SCHEMA_SUITE</c>
/// names the folder that has its <c>tests</c> and <c>remotes</c>.
/// </summary>
public class JsonSchemaSuiteTests
{
    private static readonly DocumentLimits Limits = DocumentLimits.Default;

    [SuiteFact]
    public void Every_required_test_has_the_verdict_of_the_suite()
    {
        var options = new SchemaOptions(UnknownKeywords: true, Remotes());
        var (count, wrong) = (0, new List<string>());
        foreach (var file in Directory.GetFiles(Path.Combine(SuiteFactAttribute.Folder!, "tests", "draft2020-12"), "*.json").Order(StringComparer.Ordinal))
        {
            foreach (var group in ((DocList)Read(file)).Items.Cast<DocMap>())
            {
                var name = $"{Path.GetFileNameWithoutExtension(file)}: {Text(group, "description")}";
                var tests = ((DocList)group["tests"]!).Items.Cast<DocMap>().ToList();
                count += tests.Count;
                var faults = tests.Where(test => Verdict(group["schema"]!, test["data"]!, options) != Text(test, "valid"))
                    .Select(test => $"{name}: {Text(test, "description")}: {Verdict(group["schema"]!, test["data"]!, options)}").ToList();
                wrong.AddRange(faults);
            }
        }
        wrong.ShouldBeEmpty();
        count.ShouldBeGreaterThan(1000);
    }

    private static string Verdict(DocNode schema, DocNode data, SchemaOptions options)
    {
        var errors = new List<SchemaError>();
        try
        {
            var read = JsonSchema.Read(schema, options, errors);
            return read is null ? string.Join("; ", errors) : read.Validate(data, CancellationToken.None).Count == 0 ? "true" : "false";
        }
        catch (SchemaRunException e)
        {
            return e.Message;
        }
    }

    private static FrozenDictionary<string, DocNode> Remotes()
    {
        var folder = Path.Combine(SuiteFactAttribute.Folder!, "remotes");
        // Beside this draft's own, those of no draft: older issues of the suite have some of ours there.
        return Directory.GetFiles(folder).Concat(Directory.GetFiles(Path.Combine(folder, "draft2020-12"), "*.json", SearchOption.AllDirectories))
            .ToFrozenDictionary(file => "http://localhost:1234/" + Path.GetRelativePath(folder, file).Replace('\\', '/'), Read, StringComparer.Ordinal);
    }

    private static DocNode Read(string file) => DocumentReader.Read(file, File.ReadAllBytes(file), DocumentFormat.Json, Limits);

    private static string Text(DocMap map, string key) => ((DocScalar)map[key]!).Text;

    /// <summary>Skips without the suite, unless <c>ARV_REQUIRE_SERVERS</c> names <c>json-schema-suite</c>: then a missing one fails.</summary>
    private sealed class SuiteFactAttribute : FactAttribute
    {
        public static readonly string? Folder = Environment.GetEnvironmentVariable("ARV_JSON_SCHEMA_SUITE");

        public SuiteFactAttribute()
        {
            var required = (Environment.GetEnvironmentVariable("ARV_REQUIRE_SERVERS") ?? "").Split(',').Contains("json-schema-suite", StringComparer.Ordinal);
            if (string.IsNullOrEmpty(Folder) && !required)
                Skip = "ARV_JSON_SCHEMA_SUITE names no folder with the official JSON Schema suite";
        }
    }
}
