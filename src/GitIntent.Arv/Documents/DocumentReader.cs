using System.Collections.Immutable;

namespace GitIntent.Arv.Documents;

/// <summary>Reads JSON, YAML, TOML and XML into one kind of tree. Everything that is wrong is a <see cref="DocumentException"/>.</summary>
internal static class DocumentReader
{
    /// <summary>The format that a file's name says, or null.</summary>
    public static DocumentFormat? FormatOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".json" or ".jsonc" or ".sarif" or ".geojson" or ".jsonld" or ".webmanifest" => DocumentFormat.Json,
            ".yml" or ".yaml" => DocumentFormat.Yaml,
            ".toml" => DocumentFormat.Toml,
            ".xml" or ".csproj" or ".fsproj" or ".vbproj" or ".props" or ".targets" or ".proj" or ".config" or ".nuspec" or ".resx" or ".xsd" or ".svg"
                => DocumentFormat.Xml,
            _ => null,
        };
    }

    /// <summary>The one document of a file; several are refused.</summary>
    /// <param name="source">The file, as it is shown to people; its name says whether JSON may have comments.</param>
    /// <exception cref="DocumentException" />
    public static DocNode Read(string source, ReadOnlyMemory<byte> bytes, DocumentFormat format, DocumentLimits limits)
    {
        var all = ReadAll(source, bytes, format, limits);
        return all.Length == 1 ? all[0] : throw new DocumentException(source, all[1].Start, $"the file holds {all.Length} documents; expected one");
    }

    /// <summary>The documents of a YAML stream, or the one of another file. An empty YAML file is one document: null.</summary>
    /// <exception cref="DocumentException" />
    public static ImmutableArray<DocNode> ReadAll(string source, ReadOnlyMemory<byte> bytes, DocumentFormat format, DocumentLimits limits)
    {
        if (bytes.Length > limits.MaxBytes)
        {
            throw new DocumentException(source, new Mark(1, 1),
                $"the document has {NodeBudget.Number(bytes.Length)} bytes; at most {NodeBudget.Number(limits.MaxBytes)} are read");
        }
        return format switch
        {
            DocumentFormat.Yaml => new YamlReader(source, DocumentText.Decode(source, bytes.Span, utf8Only: false), limits).ReadAll(),
            DocumentFormat.Json => [new JsonReader(source, DocumentText.Decode(source, bytes.Span, utf8Only: true), limits, MayHaveComments(source)).Read()],
            DocumentFormat.Toml => [new TomlReader(source, DocumentText.Decode(source, bytes.Span, utf8Only: true), limits).Read()],
            DocumentFormat.Xml => [new XmlDocumentReader(source, bytes, limits).Read()],
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
    }

    /// <summary>By what the tools that own these files read: <c>.jsonc</c>, TypeScript's configuration, VS Code's folder.</summary>
    private static bool MayHaveComments(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.EndsWith(".jsonc", StringComparison.OrdinalIgnoreCase)
            || path.StartsWith(".vscode/", StringComparison.Ordinal) || path.Contains("/.vscode/", StringComparison.Ordinal)
            || name.StartsWith("tsconfig", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("jsconfig", StringComparison.OrdinalIgnoreCase);
    }
}
