using System.Collections.Immutable;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Schemas;

/// <summary><c>prefixItems</c> and <c>items</c>, which takes the rest.</summary>
internal sealed class ItemsKeyword(ImmutableArray<SchemaNode> prefix, SchemaNode? rest) : Keyword
{
    public override bool Check(Visit visit)
    {
        if (visit.Node is not DocList list)
            return true;
        var good = true;
        for (var i = 0; i < list.Items.Length; i++)
        {
            var schema = i < prefix.Length ? prefix[i] : rest;
            if (schema is null)
                break;
            visit.Evaluated?.Items.Add(i);
            good &= visit.ApplyTo(schema, list, i, visit.Errors);
        }
        return good;
    }
}

/// <summary><c>contains</c> with <c>minContains</c> and <c>maxContains</c>.</summary>
internal sealed class ContainsKeyword(SchemaNode schema, DataNumber min, DataNumber? max) : Keyword
{
    public override bool Check(Visit visit)
    {
        if (visit.Node is not DocList list)
            return true;
        var found = 0;
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (!visit.ApplyTo(schema, list, i, null))
                continue;
            found++;
            visit.Evaluated?.Items.Add(i);
        }
        var count = Counts.Of(found);
        if (count.CompareTo(min) < 0)
            return visit.Fail($"expected at least {Counts.Show(min)} items of the form that the list must contain, found {found}");
        return max is not { } most || count.CompareTo(most) <= 0
            || visit.Fail($"expected at most {Counts.Show(most)} items of the form that the list must contain, found {found}");
    }
}

internal sealed class UnevaluatedItemsKeyword(SchemaNode schema) : Keyword
{
    public override bool Check(Visit visit)
    {
        if (visit.Node is not DocList list)
            return true;
        var good = true;
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (visit.Evaluated!.Items.Add(i))
                good &= visit.ApplyTo(schema, list, i, visit.Errors);
        }
        return good;
    }
}

internal sealed class UniqueItemsKeyword : Keyword
{
    public override bool Check(Visit visit)
    {
        if (visit.Node is not DocList list)
            return true;
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (!seen.TryAdd(DataValue.Canonical(list.Items[i]), i))
                return visit.Fail($"items {seen[DataValue.Canonical(list.Items[i])]} and {i} are equal ({DataValue.Show(list.Items[i])}); expected all to differ");
        }
        return true;
    }
}
