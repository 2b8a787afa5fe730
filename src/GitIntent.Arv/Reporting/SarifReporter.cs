using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Reporting;

/// <summary>
/// SARIF 2.1.0 (OASIS), within what GitHub's code scanning takes of one upload. What does not fit is counted in a notification:
/// the worst findings come first, so that the mildest go.
/// </summary>
internal sealed class SarifReporter(int resultLimit = SarifReporter.CodeScanningResults, long byteLimit = SarifReporter.CodeScanningBytes) : IReporter
{
    /// <summary>Results of a run that code scanning takes: more, and the upload is refused.</summary>
    private const int CodeScanningResults = 25_000;

    /// <summary>10 MB when compressed; less what may still come after the last result.</summary>
    private const long CodeScanningBytes = 9_500_000;

    private const int DrainAt = 1 << 16;

    private static readonly JsonWriterOptions Options = new() { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = EscapeJson.Encoder };

    public string Name => "sarif";

    public string Title => "SARIF 2.1.0";

    public void Write(RunReport report, TextWriter output)
    {
        var findings = WorstFirst.Of(report);
        var rules = new SarifRules(findings);
        var buffer = new ArrayBufferWriter<byte>(DrainAt);
        using var json = new Utf8JsonWriter(buffer, Options);
        using var packed = new CountedCompression();

        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        rules.WriteTool(json, report.ToolVersion);
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        var written = 0;
        foreach (var found in findings)
        {
            if (written == resultLimit || packed.Length + json.BytesPending + buffer.WrittenCount > byteLimit) break;

            SarifResult.Write(json, found, rules);
            written++;
            if (json.BytesPending + buffer.WrittenCount >= DrainAt) Drain();
        }

        json.WriteEndArray();
        SarifInvocation.Write(json, report, findings.Count, written);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        Drain();
        output.Write('\n');

        void Drain()
        {
            json.Flush();
            packed.Add(buffer.WrittenSpan);
            output.Write(EscapeJson.Document(Encoding.UTF8.GetString(buffer.WrittenSpan)));
            buffer.ResetWrittenCount();
        }
    }

    /// <summary>How long what was written is once gzip has packed it, as an upload does.</summary>
    private sealed class CountedCompression : IDisposable
    {
        private readonly MemoryStream _packed = new();
        private readonly GZipStream _gzip;

        public CountedCompression() => _gzip = new GZipStream(_packed, CompressionLevel.Fastest);

        public long Length { get; private set; }

        public void Add(ReadOnlySpan<byte> bytes)
        {
            _gzip.Write(bytes);
            _gzip.Flush();
            Length += _packed.Length;
            _packed.SetLength(0);
        }

        public void Dispose() => _gzip.Dispose();
    }
}
