using System.Collections.Frozen;
using System.Collections.Immutable;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Schemas;

/// <summary>The keywords of draft 2020-12.</summary>
internal static class SchemaKeywords
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "$id", "$schema", "$ref", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "$comment", "$defs", "definitions",
        "prefixItems", "items", "contains", "additionalProperties", "properties", "patternProperties", "dependentSchemas", "propertyNames",
        "if", "then", "else", "allOf", "anyOf", "oneOf", "not", "unevaluatedItems", "unevaluatedProperties",
        "type", "const", "enum", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength", "pattern",
        "maxItems", "minItems", "uniqueItems", "maxContains", "minContains", "maxProperties", "minProperties", "required", "dependentRequired",
        "title", "description", "default", "deprecated", "readOnly", "writeOnly", "examples", "format",
        "contentEncoding", "contentMediaType", "contentSchema",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Keywords of earlier drafts, and what took their place.</summary>
    private static readonly FrozenDictionary<string, string> Former = new Dictionary<string, string>
    {
        ["additionalItems"] = "items (and prefixItems for the first ones)",
        ["dependencies"] = "dependentRequired or dependentSchemas",
        ["id"] = "$id",
        ["$recursiveRef"] = "$dynamicRef",
        ["$recursiveAnchor"] = "$dynamicAnchor",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsKnown(string keyword) => Known.Contains(keyword);

    public static string Hint(string keyword) =>
        Former.TryGetValue(keyword, out var now) ? $" draft 2020-12 has {now} instead;" : Words.DidYouMean(keyword, Known);

    /// <summary>In the order in which they are asked: what looks at the others' work comes last.</summary>
    public static ImmutableArray<Keyword> Read(SchemaPart part)
    {
        var keywords = new List<Keyword>();
        ReadReferences(part, keywords);
        if (part.Schema.Resource.Validates)
            ReadAssertions(part, keywords);
        ReadChildren(part, keywords);
        ReadInPlace(part, keywords);
        // Nothing applies them by themselves, but references go there.
        part.SubMap("$defs");
        part.SubMap("definitions");
        part.Sub("contentSchema");
        part.Schema.LooksAtEvaluated = part.Has("unevaluatedItems") || part.Has("unevaluatedProperties");
        if (part.Sub("unevaluatedItems") is { } items)
            keywords.Add(new UnevaluatedItemsKeyword(items));
        if (part.Sub("unevaluatedProperties") is { } properties)
            keywords.Add(new UnevaluatedPropertiesKeyword(properties));
        return [.. keywords];
    }

    private static void ReadReferences(SchemaPart part, List<Keyword> keywords)
    {
        if (part.Has("$ref"))
        {
            var reference = new RefKeyword();
            keywords.Add(reference);
            part.Reader.Later(part.Schema, part.Value("$ref"), target => reference.Target = target);
        }
        if (part.Has("$dynamicRef"))
        {
            var reference = new DynamicRefKeyword();
            keywords.Add(reference);
            var raw = part.Scalar("$dynamicRef").Text;
            var anchor = raw[(raw.IndexOf('#', StringComparison.Ordinal) + 1)..];
            part.Reader.Later(part.Schema, part.Value("$dynamicRef"), target =>
            {
                reference.Target = target;
                reference.Anchor = target.Resource.DynamicAnchors.ContainsKey(anchor) ? anchor : null;
            });
        }
    }

    private static void ReadInPlace(SchemaPart part, List<Keyword> keywords)
    {
        if (part.Has("allOf"))
            keywords.Add(new AllOfKeyword(part.Subs("allOf")));
        if (part.Has("anyOf"))
            keywords.Add(new AnyOfKeyword(part.Subs("anyOf")));
        if (part.Has("oneOf"))
            keywords.Add(new OneOfKeyword(part.Subs("oneOf")));
        if (part.Sub("not") is { } not)
            keywords.Add(new NotKeyword(not));
        var (then, otherwise) = (part.Sub("then"), part.Sub("else"));
        if (part.Sub("if") is { } condition)
            keywords.Add(new IfKeyword(condition, then, otherwise));
        if (part.Has("dependentSchemas"))
            keywords.Add(new DependentSchemasKeyword(part.SubMap("dependentSchemas")));
    }

    private static void ReadChildren(SchemaPart part, List<Keyword> keywords)
    {
        if (part.Has("properties") || part.Has("patternProperties") || part.Has("additionalProperties"))
            keywords.Add(new PropertiesKeyword(part.SubMap("properties"), part.PatternMap("patternProperties"), part.Sub("additionalProperties")));
        if (part.Sub("propertyNames") is { } names)
            keywords.Add(new PropertyNamesKeyword(names));
        if (part.Has("prefixItems") || part.Has("items"))
            keywords.Add(new ItemsKeyword(part.Subs("prefixItems"), part.Sub("items")));
        if (part.Sub("contains") is { } contains)
        {
            var validates = part.Schema.Resource.Validates;
            keywords.Add(new ContainsKeyword(contains,
                validates && part.Has("minContains") ? part.Number("minContains") : Counts.Of(1),
                validates && part.Has("maxContains") ? part.Number("maxContains") : null));
        }
    }

    private static void ReadAssertions(SchemaPart part, List<Keyword> keywords)
    {
        if (part.Has("type"))
            keywords.Add(new TypeKeyword(SchemaPart.Texts(part.Value("type"))));
        if (part.Has("const"))
            keywords.Add(new EnumKeyword([part.Value("const")]));
        if (part.Has("enum"))
            keywords.Add(new EnumKeyword(((DocList)part.Value("enum")).Items));
        foreach (var (name, bound) in Bounds)
        {
            if (part.Has(name))
                keywords.Add(new BoundKeyword(bound, part.Scalar(name)));
        }
        if (part.Has("multipleOf"))
            keywords.Add(new MultipleOfKeyword(part.Scalar("multipleOf")));
        if (part.Has("pattern") && part.Pattern(part.Scalar("pattern").Text, part.Value("pattern")) is { } pattern)
            keywords.Add(new PatternKeyword(part.Scalar("pattern").Text, pattern));
        foreach (var (name, unit, isMinimum) in Limits)
        {
            if (part.Has(name))
                keywords.Add(new CountKeyword(unit, isMinimum, part.Number(name)));
        }
        if (part.Has("uniqueItems") && part.Scalar("uniqueItems").Text is "true" or "True" or "TRUE")
            keywords.Add(new UniqueItemsKeyword());
        if (part.Has("required"))
            keywords.Add(new RequiredKeyword(SchemaPart.Texts(part.Value("required"))));
        if (part.Has("dependentRequired"))
            keywords.Add(new DependentRequiredKeyword([.. ((DocMap)part.Value("dependentRequired")).Entries.Select(static e => (e.Key, SchemaPart.Texts(e.Value)))]));
    }

    private static readonly ImmutableArray<(string Name, Bound Bound)> Bounds =
    [
        ("minimum", Bound.Minimum), ("exclusiveMinimum", Bound.ExclusiveMinimum), ("maximum", Bound.Maximum), ("exclusiveMaximum", Bound.ExclusiveMaximum),
    ];

    private static readonly ImmutableArray<(string Name, string Unit, bool IsMinimum)> Limits =
    [
        ("minLength", "characters", true), ("maxLength", "characters", false), ("minItems", "items", true), ("maxItems", "items", false),
        ("minProperties", "keys", true), ("maxProperties", "keys", false),
    ];
}
