using System.Text;
using System.Text.Json;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Schemas;
using GitIntent.Arv.Tests.Support;
using GitIntent.Reliability;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GitIntent.Arv.Tests.Contracts;

/// <summary>What others read of us: each form has a schema under <c>docs</c>, and a sample that is really written, which the gate contract-tests judges too.</summary>
public sealed class PublishedForms
{
    private static readonly string Repository = Path.GetFullPath(Path.Combine(Golden.SourceFolder(), "../../.."));
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void A_line_of_the_log()
    {
        using var output = new StringWriter();
        using var provider = new JsonLinesLoggerProvider(output, null, new JsonLinesOptions { TimeProvider = new FakeTimeProvider(At) });
        using (RunContext.Begin("run-1", "acme", "words/bad"))
            provider.CreateLogger("arv").LogError(new TimeoutException("too slow"), "check {Check} took {DurationMs} ms", "bad", 12.5);

        Judge("log-line", Pretty(output.ToString()));
    }

    [Fact]
    public void An_audit_event()
    {
        var error = new LockConflictException("run-1", "holder-x", At, TimeSpan.FromSeconds(2));
        var outer = new GwiException(ErrorCode.UpstreamError, "the step did not start", error);
        var json = ErrorTaxonomy.ToAuditEvent(outer, new Dictionary<string, object?> { ["runId"] = "run-1" }).ToJson();

        Judge("audit-event", System.Text.RegularExpressions.Regex.Replace(Pretty(json), "\"timestamp\": \"[^\"]*\"", "\"timestamp\": \"2026-01-02T03:04:05Z\""));
    }

    private static void Judge(string name, string sample)
    {
        Golden.ShouldMatch(sample, Path.Combine(Repository, "tests/data/contracts", name + ".json"));
        var errors = new List<SchemaError>();
        var schema = JsonSchema.Read(Read(File.ReadAllText(Path.Combine(Repository, "docs", name + ".schema.json"))), SchemaOptions.Strict, errors)!;
        errors.ShouldBeEmpty();
        var document = (DocMap)Read(sample);
        schema.Validate(document, CancellationToken.None).ShouldBeEmpty();
        schema.IsValid(new DocMap("x", default, default, [.. document.Entries, document.Entries[0] with { Key = "more" }]), CancellationToken.None).ShouldBeFalse();
        schema.IsValid(new DocMap("x", default, default, document.Entries.RemoveAt(0)), CancellationToken.None).ShouldBeFalse();
    }

    private static string Pretty(string json)
    {
        using var document = JsonDocument.Parse(json);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            document.RootElement.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static DocNode Read(string json) => DocumentReader.Read("x.json", Encoding.UTF8.GetBytes(json), DocumentFormat.Json, DocumentLimits.Default);
}
