using System.Collections.Immutable;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Schemas;

/// <summary>A (sub)schema, read. Its references are linked after the whole document is read.</summary>
internal sealed class SchemaNode(DocNode at, SchemaResource resource)
{
    public DocNode At { get; } = at;

    public SchemaResource Resource { get; } = resource;

    /// <summary>Of the schemas <c>true</c> and <c>false</c>; null of a map.</summary>
    public bool? Always { get; init; }

    /// <summary>Those that look at what others evaluated come last.</summary>
    public ImmutableArray<Keyword> Keywords { get; set; } = [];

    public bool LooksAtEvaluated { get; set; }
}

/// <summary>A schema with an address of its own: the document, or a subschema with <c>$id</c>.</summary>
internal sealed class SchemaResource(string address, DocNode root, bool validates)
{
    public string Address { get; } = address;

    public DocNode Root { get; } = root;

    /// <summary>Whether the metaschema uses the validation vocabulary.</summary>
    public bool Validates { get; } = validates;

    public Dictionary<string, SchemaNode> Anchors { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SchemaNode> DynamicAnchors { get; } = new(StringComparer.Ordinal);
}

/// <summary>One keyword with its value.</summary>
internal abstract class Keyword
{
    /// <summary>Whether the value satisfies it; reports to <see cref="Visit.Errors"/> where not.</summary>
    public abstract bool Check(Visit visit);
}
