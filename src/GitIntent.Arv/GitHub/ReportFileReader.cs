using System.Text.Json;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Model;
using GitIntent.Arv.Schemas;

namespace GitIntent.Arv.GitHub;

/// <summary>A report that is not one, or not one that this version reads; the message says what is wrong and what to do.</summary>
internal sealed class ReportFormException(string message) : Exception(message);

/// <summary>Reads a JSON report that somebody else wrote: bounded, and held to the published schema before anything of it is believed.</summary>
internal static class ReportFileReader
{
    private const int SchemaVersion = 1;

    public const int LargestFile = 64 << 20;

    private static readonly DocumentLimits Limits = new(LargestFile, 64, 4_000_000);

    private static readonly Lazy<JsonSchema> Schema = new(ReadSchema);

    /// <param name="name">The file, as it is shown to people.</param>
    /// <param name="bytes">What is in it.</param>
    /// <exception cref="ReportFormException" />
    public static RunReport Read(string name, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var root = DocumentReader.Read(name, bytes, DocumentFormat.Json, Limits);
            CheckVersion(name, root);
            if (Schema.Value.Validate(root, CancellationToken.None) is [var first, ..])
                throw new ReportFormException($"{name}:{first.Start.Line}:{first.Start.Column}: this is no report of arv, version {SchemaVersion}: {first.Message}");

            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = Limits.MaxDepth });
            return ReportJson.Read(json.RootElement);
        }
        catch (DocumentException e)
        {
            throw new ReportFormException($"{name}:{e.Mark.Line}:{e.Mark.Column}: {e.Message}");
        }
        catch (Exception e) when (e is SchemaRunException or JsonException or InvalidOperationException or FormatException)
        {
            throw new ReportFormException($"{name}: this is no report of arv, version {SchemaVersion}: {e.Message}");
        }
    }

    /// <summary>Said before all else: what a newer version has beside is no mistake of its own.</summary>
    private static void CheckVersion(string name, DocNode root)
    {
        if (root is DocMap map && map["schemaVersion"] is DocScalar { Type: ScalarType.Number } version && version.Text != "1")
            throw new ReportFormException($"{name}: the report has schema version {version.Text}; this arv reads version {SchemaVersion}: use the arv that wrote it, or a newer one");
    }

    private static JsonSchema ReadSchema()
    {
        using var stream = typeof(ReportFileReader).Assembly.GetManifestResourceStream("report.schema.json")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var errors = new List<SchemaError>();
        var schema = JsonSchema.Read(DocumentReader.Read("report.schema.json", bytes.ToArray(), DocumentFormat.Json, DocumentLimits.Default), SchemaOptions.Strict, errors);
        return schema ?? throw new InvalidOperationException("the schema of the report has errors: " + string.Join("; ", errors.Select(static e => e.Message)));
    }
}
