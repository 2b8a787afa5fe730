using System.Collections.Immutable;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Schemas;

/// <summary>Makes <see cref="SchemaNode"/>s of a schema document whose form the metaschema has checked.</summary>
internal sealed class SchemaReader(SchemaOptions options, List<SchemaError> errors)
{
    private readonly Dictionary<DocNode, SchemaNode> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, SchemaResource> _resources = new(StringComparer.Ordinal);
    private readonly Queue<(SchemaNode Schema, DocNode Reference, Action<SchemaNode> Link)> _links = new();

    public SchemaNode Read(DocNode root)
    {
        var schema = ReadDocument(root, SchemaAddress.Unnamed);
        // Linking may read further documents, and places that are no subschemas until something refers to them.
        while (_links.TryDequeue(out var link))
        {
            if (Find(link.Schema, (DocScalar)link.Reference) is { } target)
                link.Link(target);
        }
        return schema;
    }

    public void Error(DocNode at, string message) => errors.Add(new SchemaError(at.Source, at.Start, message));

    /// <summary>Reads a subschema; the same place is read once.</summary>
    public SchemaNode ReadSchema(DocNode at, SchemaResource resource)
    {
        if (_nodes.TryGetValue(at, out var known))
            return known;
        if (at is not DocMap map)
            return _nodes[at] = new SchemaNode(at, resource) { Always = at is DocScalar { Type: ScalarType.Boolean, Text: "true" or "True" or "TRUE" } };
        if (map["$id"] is DocScalar id)
            resource = NewResource(SchemaAddress.Resolve(resource.Address, id.Text).Address, map, resource.Validates);
        var schema = _nodes[at] = new SchemaNode(at, resource);
        AddAnchor(map["$anchor"], resource.Anchors, schema);
        AddAnchor(map["$dynamicAnchor"], resource.Anchors, schema);
        AddAnchor(map["$dynamicAnchor"], resource.DynamicAnchors, schema);
        CheckNames(map);
        schema.Keywords = SchemaKeywords.Read(new SchemaPart(this, schema, map));
        return schema;
    }

    public void Later(SchemaNode schema, DocNode reference, Action<SchemaNode> link) => _links.Enqueue((schema, reference, link));

    private SchemaNode ReadDocument(DocNode root, string address)
    {
        var resource = NewResource(address, root, Validates(root));
        return ReadSchema(root, resource);
    }

    private SchemaResource NewResource(string address, DocNode root, bool validates)
    {
        if (_resources.TryGetValue(address, out var first) && !ReferenceEquals(first.Root, root))
            Error(root, $"the $id {address} is given twice; the first is at line {first.Root.Start.Line}");
        return _resources[address] = new SchemaResource(address, root, validates);
    }

    private void AddAnchor(DocNode? name, Dictionary<string, SchemaNode> anchors, SchemaNode schema)
    {
        if (name is DocScalar anchor && !anchors.TryAdd(anchor.Text, schema) && anchors[anchor.Text] != schema)
            Error(name, $"the anchor \"{anchor.Text}\" is given twice; the first is at line {anchors[anchor.Text].At.Start.Line}");
    }

    private void CheckNames(DocMap map)
    {
        if (options.UnknownKeywords)
            return;
        foreach (var entry in map.Entries)
        {
            if (!SchemaKeywords.IsKnown(entry.Key) && !entry.Key.StartsWith("x-", StringComparison.Ordinal))
            {
                errors.Add(new SchemaError(entry.KeySource, entry.KeyStart,
                    $"unknown keyword \"{entry.Key}\";{SchemaKeywords.Hint(entry.Key)} expected one of JSON Schema draft 2020-12, or one that starts with x-"));
            }
        }
    }

    /// <summary>Whether the validation vocabulary is in use: always, unless a metaschema that we were given leaves it out.</summary>
    private bool Validates(DocNode root)
    {
        if ((root as DocMap)?["$schema"] is not DocScalar dialect || Metaschema.Has(dialect.Text))
            return true;
        if (options.Documents.TryGetValue(dialect.Text, out var metaschema))
            return (metaschema as DocMap)?["$vocabulary"] is not DocMap vocabularies || vocabularies.TryGet(Metaschema.ValidationVocabulary, out _);
        Error(dialect, $"the schema is of \"{dialect.Text}\"; expected {Metaschema.Address}");
        return true;
    }

    private SchemaNode? Find(SchemaNode from, DocScalar reference)
    {
        var (address, fragment) = SchemaAddress.Resolve(from.Resource.Address, reference.Text);
        if (ResourceAt(address) is not { } resource)
        {
            Error(reference, $"\"{reference.Text}\" refers to another document ({address}); nothing is fetched: only this document and the metaschema can be referred to");
            return null;
        }
        if (fragment.Length == 0)
            return ReadSchema(resource.Root, resource);
        if (fragment[0] != '/')
        {
            if (resource.Anchors.TryGetValue(fragment, out var anchored))
                return anchored;
            Error(reference, $"\"{reference.Text}\" refers to nothing: there is no $anchor \"{fragment}\" there;{Words.DidYouMean(fragment, resource.Anchors.Keys)}".TrimEnd(';'));
            return null;
        }
        return AtPointer(resource, fragment, reference);
    }

    private SchemaResource? ResourceAt(string address)
    {
        if (_resources.TryGetValue(address, out var known))
            return known;
        var document = options.Documents.GetValueOrDefault(address) ?? (Metaschema.Has(address) ? Metaschema.Document : null);
        if (document is null)
            return null;
        var schema = ReadDocument(document, address);
        // Under its own $id, and under the address that it was asked for.
        return _resources[address] = schema.Resource;
    }

    private SchemaNode? AtPointer(SchemaResource resource, string fragment, DocScalar reference)
    {
        var at = resource.Root;
        var inside = resource;
        foreach (var segment in fragment[1..].Split('/'))
        {
            // An $id on the way changes what references below it mean.
            inside = _nodes.TryGetValue(at, out var schema) ? schema.Resource : inside;
            if (DocPointer.Parse("/" + (segment == "*" ? "~2" : segment)).Resolve(at).Hits is not [var hit])
            {
                Error(reference, $"\"{reference.Text}\" refers to nothing: there is no \"{segment}\" there");
                return null;
            }
            at = hit.Node;
        }
        // A place that is no subschema of its own has not been held against the metaschema yet.
        var violations = _nodes.ContainsKey(at) ? [] : Metaschema.Schema.Validate(at, CancellationToken.None);
        if (violations.Count == 0)
            return ReadSchema(at, inside);
        Error(reference, $"\"{reference.Text}\" refers to something that is no schema: {violations[0].Message}");
        return null;
    }
}
