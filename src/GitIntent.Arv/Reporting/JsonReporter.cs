using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Reporting;

/// <summary>The report for programs, version 1: <c>docs/report.schema.json</c>. Members, their order and their spelling are a contract.</summary>
internal sealed class JsonReporter : IReporter
{
    private const int SchemaVersion = 1;
    private const int LeftOutShown = 20;
    private const int DrainAt = 1 << 16;

    private static readonly JsonWriterOptions Options = new() { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = EscapeJson.Encoder };

    public string Name => "json";

    public string Title => "JSON";

    public void Write(RunReport report, TextWriter output)
    {
        var buffer = new ArrayBufferWriter<byte>(DrainAt);
        using var json = new Utf8JsonWriter(buffer, Options);
        Run(json, report, drain: () =>
        {
            if (json.BytesPending + buffer.WrittenCount >= DrainAt) Drain();
        });
        Drain();
        output.Write('\n');

        // Between tokens, so that no string and no character is ever split.
        void Drain()
        {
            json.Flush();
            output.Write(EscapeJson.Document(Encoding.UTF8.GetString(buffer.WrittenSpan)));
            buffer.ResetWrittenCount();
        }
    }

    private static void Run(Utf8JsonWriter json, RunReport report, Action drain)
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", SchemaVersion);
        json.WriteStartObject("tool");
        json.WriteString("name", "arv");
        json.WriteString("version", report.ToolVersion);
        json.WriteEndObject();
        json.WriteString("runId", report.RunId);
        json.WriteString("startedAt", report.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        Duration(json, report.Duration);
        Repository(json, report.Repository);
        json.WriteString("plan", report.Plan);
        json.WriteNull("shard");
        json.WriteString("verdict", Phrases.Of(report.Verdict));
        json.WriteNumber("exitCode", report.ExitCode);
        json.WriteString("reason", report.Reason);
        Totals(json, Summary.Of(report));
        json.WriteStartArray("gates");
        foreach (var gate in report.Gates)
        {
            Gate(json, gate, drain);
            drain();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Repository(Utf8JsonWriter json, RepositoryState repository)
    {
        json.WriteStartObject("repository");
        json.WriteString("root", ".");
        json.WriteString("commit", repository.Commit);
        if (repository.Dirty is { } dirty)
            json.WriteBoolean("dirty", dirty);
        else
            json.WriteNull("dirty");
        json.WriteEndObject();
    }

    private static void Totals(Utf8JsonWriter json, Summary summary)
    {
        json.WriteStartObject("summary");
        json.WriteNumber("gates", summary.Gates.Total);
        Counts(json, summary.Gates);
        json.WriteStartObject("checks");
        json.WriteNumber("total", summary.Checks.Total);
        Counts(json, summary.Checks);
        json.WriteEndObject();
        json.WriteNumber("errors", summary.Errors);
        json.WriteNumber("warnings", summary.Warnings);
        json.WriteNumber("notes", summary.Notes);
        json.WriteNumber("suppressed", summary.Suppressed);
        json.WriteEndObject();
    }

    private static void Counts(Utf8JsonWriter json, VerdictCounts counts)
    {
        json.WriteNumber("passed", counts.Passed);
        json.WriteNumber("failed", counts.Failed);
        json.WriteNumber("refused", counts.Refused);
        json.WriteNumber("skipped", counts.Skipped);
    }

    private static void Gate(Utf8JsonWriter json, GateReport gate, Action drain)
    {
        json.WriteStartObject();
        json.WriteString("id", gate.Id);
        json.WriteString("title", gate.Title);
        json.WriteString("verdict", Phrases.Of(gate.Verdict));
        json.WriteString("reason", gate.Reason);
        Duration(json, gate.Duration);
        json.WriteBoolean("cached", gate.Cached);
        Looked(json, gate.Evidence);
        json.WriteStartArray("checks");
        foreach (var check in gate.Checks)
        {
            Check(json, check);
            drain();
        }

        json.WriteEndArray();
        json.WriteStartArray("findings");
        foreach (var finding in gate.Findings)
        {
            Found(json, finding);
            drain();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Check(Utf8JsonWriter json, CheckReport check)
    {
        json.WriteStartObject();
        json.WriteString("id", check.Id);
        json.WriteString("title", check.Title);
        json.WriteString("kind", check.Kind);
        json.WriteString("verdict", Phrases.Of(check.Verdict));
        json.WriteString("reason", check.Reason);
        Duration(json, check.Duration);
        json.WriteBoolean("cached", check.Cached);
        Looked(json, check.Evidence);
        Details(json, check.Details);
        json.WriteEndObject();
    }

    private static void Found(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("check", finding.Check);
        json.WriteString("rule", finding.Rule);
        json.WriteString("severity", Phrases.Of(finding.Severity));
        json.WriteString("message", finding.Message);
        json.WriteString("remedy", finding.Remedy);
        json.WriteString("path", finding.Path);
        json.WriteNumber("line", finding.Span.Line);
        json.WriteNumber("column", finding.Span.Column);
        json.WriteNumber("endLine", finding.Span.EndLine);
        json.WriteNumber("endColumn", finding.Span.EndColumn);
        json.WriteString("fingerprint", finding.Fingerprint);
        json.WriteString("help", finding.Help);
        Details(json, finding.Details);
        if (finding.Suppressed is { } suppressed)
        {
            json.WriteStartObject("suppressed");
            json.WriteString("by", suppressed.By);
            json.WriteString("reason", suppressed.Reason);
            json.WriteString("until", suppressed.Until);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("suppressed");
        }

        json.WriteEndObject();
    }

    private static void Looked(Utf8JsonWriter json, Evidence evidence)
    {
        json.WriteStartObject("evidence");
        json.WriteNumber("matched", evidence.Matched);
        json.WriteNumber("read", evidence.Read);
        json.WriteStartObject("leftOut");
        json.WriteNumber("count", evidence.LeftOut.Length);
        json.WriteStartObject("byReason");
        foreach (var (reason, count) in evidence.LeftOut.CountBy(static l => l.Reason).OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            json.WriteNumber(reason, count);
        json.WriteEndObject();
        json.WriteStartArray("first");
        foreach (var leftOut in evidence.LeftOut.Take(LeftOutShown))
        {
            json.WriteStartObject();
            json.WriteString("path", leftOut.Path);
            json.WriteString("reason", leftOut.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Details(Utf8JsonWriter json, JsonElement? details)
    {
        json.WritePropertyName("details");
        if (details is { ValueKind: not JsonValueKind.Undefined } element)
            EscapeJson.Element(json, element);
        else
            json.WriteNullValue();
    }

    private static void Duration(Utf8JsonWriter json, TimeSpan duration) => json.WriteNumber("durationMs", (long)duration.TotalMilliseconds);
}
