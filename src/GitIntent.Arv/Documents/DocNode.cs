using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace GitIntent.Arv.Documents;

/// <summary>A place in a document: line and column from 1, columns in UTF-16 units.</summary>
internal readonly record struct Mark(int Line, int Column);

/// <summary>
/// A value of a JSON, YAML, TOML or XML document with its place. One tree for all four, so that
/// the configuration, schemas and pointers need not know the syntax.
/// </summary>
/// <param name="Source">The file that the value comes from, as it is shown to people.</param>
internal abstract record DocNode(string Source, Mark Start, Mark End);

internal enum ScalarType
{
    Null,
    Boolean,
    Number,
    Text,
}

/// <param name="Text">The value as written, without quotes and escapes (a YAML boolean may read <c>True</c>).</param>
/// <param name="Type">By the syntax (YAML: the 1.2 core schema for plain scalars). The configuration ignores it: there the key gives the type.</param>
internal sealed record DocScalar(string Source, Mark Start, Mark End, string Text, ScalarType Type) : DocNode(Source, Start, End);

internal sealed record DocList(string Source, Mark Start, Mark End, ImmutableArray<DocNode> Items) : DocNode(Source, Start, End);

/// <summary>A key with its own place.</summary>
internal sealed record DocEntry(string Key, string KeySource, Mark KeyStart, Mark KeyEnd, DocNode Value);

internal sealed record DocMap : DocNode
{
    private readonly Dictionary<string, DocEntry> _byKey;

    /// <param name="entries">In document order; keys are unique.</param>
    public DocMap(string source, Mark start, Mark end, ImmutableArray<DocEntry> entries)
        : base(source, start, end)
    {
        Entries = entries;
        _byKey = entries.ToDictionary(static e => e.Key, StringComparer.Ordinal);
    }

    public ImmutableArray<DocEntry> Entries { get; }

    public DocNode? this[string key] => _byKey.TryGetValue(key, out var entry) ? entry.Value : null;

    public bool TryGet(string key, [NotNullWhen(true)] out DocEntry? entry) => _byKey.TryGetValue(key, out entry);
}

/// <summary>A document that cannot be read, or is refused. The message says what is wrong and what was expected, without the place.</summary>
internal sealed class DocumentException(string source, Mark mark, string message) : Exception(message)
{
    public string SourceName { get; } = source;

    public Mark Mark { get; } = mark;
}
