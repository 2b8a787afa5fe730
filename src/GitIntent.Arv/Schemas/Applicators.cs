using System.Collections.Immutable;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Schemas;

internal sealed class AllOfKeyword(ImmutableArray<SchemaNode> schemas) : Keyword
{
    public override bool Check(Visit visit)
    {
        var good = true;
        foreach (var schema in schemas)
            good &= visit.Apply(schema);
        return good;
    }
}

internal sealed class AnyOfKeyword(ImmutableArray<SchemaNode> schemas) : Keyword
{
    public override bool Check(Visit visit)
    {
        var any = false;
        foreach (var schema in schemas)
        {
            any |= visit.Try(schema, visit.Evaluated);
            if (any && visit.Evaluated is null)
                break;
        }
        return any || visit.Fail($"{Choices.NoneFits(visit, schemas)}");
    }
}

internal sealed class OneOfKeyword(ImmutableArray<SchemaNode> schemas) : Keyword
{
    public override bool Check(Visit visit)
    {
        var fitting = new List<int>();
        for (var i = 0; i < schemas.Length && fitting.Count < 2; i++)
        {
            if (visit.Try(schemas[i], visit.Evaluated))
                fitting.Add(i);
        }
        return fitting.Count switch
        {
            1 => true,
            0 => visit.Fail($"{Choices.NoneFits(visit, schemas)}"),
            _ => visit.Fail($"fits two of the allowed forms, number {fitting[0] + 1} and number {fitting[1] + 1}, where exactly one may fit"),
        };
    }
}

internal sealed class NotKeyword(SchemaNode schema) : Keyword
{
    public override bool Check(Visit visit) => !visit.Try(schema, null) || visit.Fail($"{DataValue.Show(visit.Node)} has the form that is not allowed here");
}

internal sealed class IfKeyword(SchemaNode condition, SchemaNode? then, SchemaNode? otherwise) : Keyword
{
    public override bool Check(Visit visit)
    {
        var next = visit.Try(condition, visit.Evaluated) ? then : otherwise;
        return next is null || visit.Apply(next);
    }
}

internal sealed class DependentSchemasKeyword(ImmutableArray<(string Key, SchemaNode Schema)> dependents) : Keyword
{
    public override bool Check(Visit visit)
    {
        var good = true;
        foreach (var (key, schema) in dependents)
        {
            if (visit.Node is DocMap map && map.TryGet(key, out _))
                good &= visit.Apply(schema);
        }
        return good;
    }
}

internal static class Choices
{
    /// <summary>Names the form that the value comes nearest to: the one whose first fault lies deepest.</summary>
    public static string NoneFits(Visit visit, ImmutableArray<SchemaNode> schemas)
    {
        var none = $"{DataValue.Show(visit.Node)} fits none of the {schemas.Length} allowed forms";
        // Explaining a choice inside a choice would double the work with each level.
        if (visit.Run.Explains)
            return none;
        visit.Run.Explains = true;
        Violation? nearest = null;
        foreach (var schema in schemas)
        {
            var errors = new List<Violation>();
            visit.Run.Apply(schema, visit.Node, visit.Path, visit.Scope, null, errors);
            if (errors.Count > 0 && (nearest is null || Depth(errors[0]) > Depth(nearest)))
                nearest = errors[0];
        }
        visit.Run.Explains = false;
        var at = nearest is null || nearest.Pointer == InstancePath.Pointer(visit.Path) ? "" : $"at {nearest.Pointer}: ";
        return $"{none}; nearest: {at}{nearest?.Message}";
    }

    private static int Depth(Violation violation) => violation.Pointer.Count(static c => c == '/');
}
