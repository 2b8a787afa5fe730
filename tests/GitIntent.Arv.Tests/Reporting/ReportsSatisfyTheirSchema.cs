using System.Text;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Schemas;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Reporting;

/// <summary>The contract that other tools read, and what we write, are the same.</summary>
public sealed class ReportsSatisfyTheirSchema
{
    public static TheoryData<string> All => [.. Directory.GetFiles(ReportsMatchTheirGoldens.Folder, "report.json", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(ReportsMatchTheirGoldens.Folder, f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_report_satisfies_the_published_schema(string file) =>
        Schema().Validate(Read(Path.Combine(ReportsMatchTheirGoldens.Folder, file)), CancellationToken.None).Select(v => v.ToString()).ShouldBeEmpty();

    [Fact]
    public void A_report_with_a_member_gone_or_too_many_does_not()
    {
        var schema = Schema();
        var report = (DocMap)Read(Directory.GetFiles(ReportsMatchTheirGoldens.Folder, "report.json", SearchOption.AllDirectories)[0]);
        foreach (var entry in report.Entries)
            schema.IsValid(new DocMap("x", default, default, report.Entries.Remove(entry)), CancellationToken.None).ShouldBeFalse(entry.Key);
        schema.IsValid(new DocMap("x", default, default, [.. report.Entries, report.Entries[0] with { Key = "more" }]), CancellationToken.None).ShouldBeFalse();
    }

    private static JsonSchema Schema()
    {
        var errors = new List<SchemaError>();
        var schema = JsonSchema.Read(Read(Path.Combine(Golden.SourceFolder(), "../../../docs/report.schema.json")), SchemaOptions.Strict, errors);
        errors.ShouldBeEmpty();
        return schema!;
    }

    private static DocNode Read(string path) =>
        DocumentReader.Read(path, Encoding.UTF8.GetBytes(File.ReadAllText(path)), DocumentFormat.Json, DocumentLimits.Default);
}
