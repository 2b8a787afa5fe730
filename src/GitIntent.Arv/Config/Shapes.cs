using System.Text.Json;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Config;

/// <param name="expected">What is expected, in words; null: a list, and of one word the list that was meant.</param>
internal sealed class ListShape(Shape item, int minItems = 1, string? expected = null) : Shape
{
    public override void Check(DocNode node, string where, ConfigErrors errors)
    {
        if (node is not DocList list)
        {
            errors.Add(node, $"{where}: expected {expected ?? "a list" + Meant(node)}, found {Describe(node)}");
            return;
        }
        if (list.Items.Length < minItems)
            errors.Add(node, $"{where}: expected a list of at least {minItems}, found {list.Items.Length}");
        foreach (var child in list.Items)
            item.Check(child, where, errors);
    }

    public override void WriteSchema(SchemaWriter schema)
    {
        var json = schema.Json;
        json.WriteString("type", "array");
        if (minItems > 0)
            json.WriteNumber("minItems", minItems);
        json.WriteStartObject("items");
        item.WriteSchema(schema);
        json.WriteEndObject();
    }

    private static string Meant(DocNode node) =>
        node is DocScalar { Text: { Length: > 0 and <= 30 } text } && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '/' or '_') ? $" such as [{text}]" : "";
}

/// <summary>A map whose keys are the user's own: ids of gates, names of environment variables.</summary>
/// <param name="what">What a key names, in messages: <c>gate</c>.</param>
/// <param name="expectedKey">In words: <c>an id such as contract-tests</c>.</param>
internal sealed class MapShape(string what, Shape value, string expectedKey = "a name", string? keyPattern = null, Func<string, bool>? acceptKey = null, int minEntries = 1) : Shape
{
    public override void Check(DocNode node, string where, ConfigErrors errors)
    {
        if (node is not DocMap map)
        {
            errors.Add(node, $"{where}: expected a map, found {Describe(node)}");
            return;
        }
        if (map.Entries.Length < minEntries)
            errors.Add(node, $"{where}: expected at least {minEntries} {what}, found none");
        foreach (var entry in map.Entries)
        {
            if (entry.Key.Length == 0 || (acceptKey is not null && !acceptKey(entry.Key)))
                errors.AddKey(entry, $"{where}: \"{entry.Key}\" is no good name of a {what}; expected {expectedKey}");
            value.Check(entry.Value, $"{what} \"{entry.Key}\"", errors);
        }
    }

    public override void WriteSchema(SchemaWriter schema)
    {
        var json = schema.Json;
        json.WriteString("type", "object");
        if (minEntries > 0 && !schema.Partial)
            json.WriteNumber("minProperties", minEntries);
        json.WriteStartObject("propertyNames");
        if (keyPattern is not null)
            json.WriteString("pattern", keyPattern);
        json.WriteNumber("minLength", 1);
        json.WriteEndObject();
        json.WriteStartObject("additionalProperties");
        value.WriteSchema(schema);
        json.WriteEndObject();
    }
}

/// <summary>A key of a <see cref="RecordShape"/>.</summary>
/// <param name="Doc">One sentence, shown by editors.</param>
/// <param name="Later">Known, but not built yet: using it is an error that says so.</param>
internal sealed record Key(string Name, Shape Shape, string Doc, bool Required = false, bool Later = false);

/// <summary>A map with declared keys.</summary>
/// <param name="exactlyOneOf">Of these keys, exactly one must be given; empty when there is no such rule.</param>
internal sealed class RecordShape(IReadOnlyList<Key> keys, IReadOnlyList<string>? exactlyOneOf = null, IReadOnlyList<string>? atLeastOneOf = null) : Shape
{
    private readonly IReadOnlyList<string> _one = exactlyOneOf ?? [];
    private readonly IReadOnlyList<string> _some = atLeastOneOf ?? [];

    public IReadOnlyList<Key> Keys => keys;

    public override void Check(DocNode node, string where, ConfigErrors errors)
    {
        if (node is not DocMap map)
        {
            errors.Add(node, $"{where}: expected a map with {List(keys.Where(k => !k.Later).Select(k => k.Name))}, found {Describe(node)}");
            return;
        }
        foreach (var entry in map.Entries)
        {
            var key = keys.FirstOrDefault(k => k.Name == entry.Key);
            if (key is null)
                errors.AddKey(entry, Unknown(entry.Key, where));
            else if (key.Later)
                errors.AddKey(entry, $"{where}: \"{entry.Key}\" is not yet available in this version");
            else
                key.Shape.Check(entry.Value, $"{where}: {entry.Key}", errors);
        }
        var given = _one.Where(name => map.TryGet(name, out _)).ToList();
        // A word that was mistyped is the likelier mistake than one that was left out: it is named alone.
        var mistyped = map.Entries.Any(e => keys.All(k => k.Name != e.Key || k.Later));
        var unknown = map.Entries.Where(e => keys.All(k => k.Name != e.Key)).Select(e => Words.Near(e.Key, keys.Select(static k => k.Name))).ToList();
        foreach (var key in keys.Where(k => k.Required && !errors.BaseIsMissing && !map.TryGet(k.Name, out _) && !unknown.Contains(k.Name)))
            errors.Add(map, $"{where}: \"{key.Name}\" is missing");
        if (_one.Count > 0 && given.Count != 1 && !(mistyped && given.Count == 0))
            errors.Add(map, $"{where}: expected exactly one of {List(_one)}, found {(given.Count == 0 ? "none" : string.Join(" and ", given))}");
        if (_some.Count > 0 && !mistyped && !_some.Any(name => map.TryGet(name, out _)))
            errors.Add(map, $"{where}: expected at least one of {List(_some)}, found none");
    }

    public override void WriteSchema(SchemaWriter schema)
    {
        var json = schema.Json;
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartObject("properties");
        foreach (var key in keys.Where(k => !k.Later))
        {
            json.WriteStartObject(key.Name);
            json.WriteString("description", key.Doc);
            key.Shape.WriteSchema(schema);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        if (schema.Partial)
            return;
        WriteNames(json, "required", keys.Where(k => k.Required && !k.Later).Select(k => k.Name));
        WriteRequired(json, "oneOf", _one);
        WriteRequired(json, "anyOf", _some);
    }

    private string Unknown(string key, string where)
    {
        var allowed = keys.Where(k => !k.Later).Select(k => k.Name).ToList();
        return $"{where}: unknown key \"{key}\";{Words.DidYouMean(key, allowed)} expected one of {List(allowed)}";
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names);

    private static void WriteNames(Utf8JsonWriter json, string property, IEnumerable<string> names)
    {
        var all = names.ToList();
        if (all.Count == 0)
            return;
        json.WriteStartArray(property);
        foreach (var name in all)
            json.WriteStringValue(name);
        json.WriteEndArray();
    }

    private static void WriteRequired(Utf8JsonWriter json, string combinator, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return;
        json.WriteStartArray(combinator);
        foreach (var name in names)
        {
            json.WriteStartObject();
            WriteNames(json, "required", [name]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}

/// <summary>A scalar of one form or a map of another: <c>"literal"</c> or <c>{ regex: … }</c>.</summary>
internal sealed class ScalarOrMapShape(Shape scalar, Shape map) : Shape
{
    public override void Check(DocNode node, string where, ConfigErrors errors) =>
        (node is DocMap ? map : scalar).Check(node, where, errors);

    public override void WriteSchema(SchemaWriter schema)
    {
        var json = schema.Json;
        json.WriteStartArray("anyOf");
        foreach (var shape in new[] { scalar, map })
        {
            json.WriteStartObject();
            shape.WriteSchema(schema);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}

/// <summary>A list of exactly <paramref name="items"/> forms in this order: <c>[/id, "{id}"]</c>.</summary>
internal sealed class TupleShape(params Shape[] items) : Shape
{
    public override void Check(DocNode node, string where, ConfigErrors errors)
    {
        if (node is not DocList list || list.Items.Length != items.Length)
        {
            errors.Add(node, $"{where}: expected a list of {items.Length}, found {Describe(node)}");
            return;
        }
        for (var i = 0; i < items.Length; i++)
            items[i].Check(list.Items[i], where, errors);
    }

    public override void WriteSchema(SchemaWriter schema)
    {
        var json = schema.Json;
        json.WriteString("type", "array");
        json.WriteStartArray("prefixItems");
        foreach (var item in items)
        {
            json.WriteStartObject();
            item.WriteSchema(schema);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("minItems", items.Length);
        json.WriteNumber("maxItems", items.Length);
    }
}
