using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Schemas;

/// <summary><c>properties</c>, <c>patternProperties</c> and <c>additionalProperties</c>: together they decide which schemas a key's value must satisfy.</summary>
internal sealed class PropertiesKeyword(ImmutableArray<(string Key, SchemaNode Schema)> named, ImmutableArray<(Regex Pattern, SchemaNode Schema)> patterns, SchemaNode? additional) : Keyword
{
    private readonly Dictionary<string, SchemaNode> _named = named.ToDictionary(static p => p.Key, static p => p.Schema, StringComparer.Ordinal);

    public override bool Check(Visit visit)
    {
        if (visit.Node is not DocMap map)
            return true;
        var good = true;
        foreach (var entry in map.Entries)
            good &= CheckEntry(visit, entry);
        return good;
    }

    private bool CheckEntry(Visit visit, DocEntry entry)
    {
        var good = true;
        var known = false;
        if (_named.TryGetValue(entry.Key, out var schema))
        {
            known = true;
            good &= visit.ApplyTo(schema, entry);
        }
        foreach (var (pattern, patternSchema) in patterns)
        {
            if (!pattern.IsMatch(entry.Key))
                continue;
            known = true;
            good &= visit.ApplyTo(patternSchema, entry);
        }
        if (known || additional is null)
            return good;
        return additional.Always == false ? visit.Fail(entry, $"{Unknown(entry.Key)}") : visit.ApplyTo(additional, entry);
    }

    private string Unknown(string key)
    {
        var allowed = _named.Keys.Order(StringComparer.Ordinal).ToList();
        var expected = allowed.Count is 0 or > 20 ? "" : $"; expected one of {string.Join(", ", allowed)}";
        var meant = Words.DidYouMean(key, allowed);
        return $"the key {DataValue.Quote(key)} is not allowed{(meant.Length == 0 ? expected : ";" + meant)}";
    }
}

internal sealed class PropertyNamesKeyword(SchemaNode schema) : Keyword
{
    public override bool Check(Visit visit)
    {
        if (visit.Node is not DocMap map)
            return true;
        var good = true;
        foreach (var entry in map.Entries)
        {
            var name = new DocScalar(entry.KeySource, entry.KeyStart, entry.KeyEnd, entry.Key, ScalarType.Text);
            good &= visit.Run.Apply(schema, name, new InstancePath(visit.Path, entry.Key), visit.Scope, null, visit.Errors);
        }
        return good;
    }
}

internal sealed class UnevaluatedPropertiesKeyword(SchemaNode schema) : Keyword
{
    public override bool Check(Visit visit)
    {
        if (visit.Node is not DocMap map)
            return true;
        var good = true;
        foreach (var entry in map.Entries)
        {
            if (!visit.Evaluated!.Keys.Contains(entry.Key))
                good &= visit.ApplyTo(schema, entry);
        }
        return good;
    }
}

internal sealed class RequiredKeyword(ImmutableArray<string> keys) : Keyword
{
    public override bool Check(Visit visit)
    {
        if (visit.Node is not DocMap map)
            return true;
        var good = true;
        foreach (var key in keys)
        {
            if (!map.TryGet(key, out _))
                good = visit.Fail($"the key {DataValue.Quote(key)} is missing");
        }
        return good;
    }
}

internal sealed class DependentRequiredKeyword(ImmutableArray<(string Key, ImmutableArray<string> Needs)> dependents) : Keyword
{
    public override bool Check(Visit visit)
    {
        if (visit.Node is not DocMap map)
            return true;
        var good = true;
        foreach (var (key, needs) in dependents)
        {
            if (!map.TryGet(key, out var entry))
                continue;
            foreach (var need in needs)
            {
                if (!map.TryGet(need, out _))
                    good = visit.Fail(entry, $"the key {DataValue.Quote(need)} is missing, which {DataValue.Quote(key)} needs");
            }
        }
        return good;
    }
}
