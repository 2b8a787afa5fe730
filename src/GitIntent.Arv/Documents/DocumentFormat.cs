namespace GitIntent.Arv.Documents;

internal enum DocumentFormat
{
    Json,
    Yaml,
    Toml,
    Xml,
}

// To come beside this file:
//   static class DocumentReader
//     DocumentFormat? FormatOf(string path)
//     DocNode Read(string source, ReadOnlyMemory<byte> bytes, DocumentFormat format, DocumentLimits limits)   throws DocumentException
//     ImmutableArray<DocNode> ReadAll(…)                        the documents of a YAML stream; one elsewhere
//   sealed record DocumentLimits(long MaxBytes, int MaxDepth, int MaxNodes)
//   sealed class DocPointer                                      JSON Pointer in which * stands for every item or key
//     static DocPointer Parse(string text)                       throws FormatException
//     IEnumerable<(string Pointer, DocNode Node)> Select(DocNode root)
