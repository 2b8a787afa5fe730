using System.Runtime.CompilerServices;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Schemas;

/// <summary>A schema that cannot be applied to the end: it runs in a circle, or asks for too much work.</summary>
internal sealed class SchemaRunException(string message) : Exception(message);

/// <summary>One validation, with its guards.</summary>
internal sealed class SchemaRun(CancellationToken stop, int maxSteps = SchemaRun.MaxSteps)
{
    /// <summary>Nested choices (<c>anyOf</c> in <c>anyOf</c> over a reference) can double the work with each level of the value.</summary>
    public const int MaxSteps = 20_000_000;

    private readonly HashSet<(SchemaNode, DocNode)> _active = new(PairComparer.Instance);
    private int _work;

    /// <summary>Whether the errors that are collected only serve to word another one.</summary>
    public bool Explains { get; set; }

    public bool Apply(SchemaNode schema, DocNode node, InstancePath? path, DynamicScope? scope, Evaluated? evaluated, List<Violation>? errors)
    {
        if (schema.Always is { } always)
        {
            if (!always)
                errors?.Add(new Violation(node.Source, node.Start, node.End, InstancePath.Pointer(path), "no value is allowed here"));
            return always;
        }
        if (++_work > maxSteps)
            throw new SchemaRunException($"the schema asks for more than {NodeBudget.Number(maxSteps)} steps");
        if ((_work & 0xFFFF) == 0)
            stop.ThrowIfCancellationRequested();
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new SchemaRunException("schema and value are nested too deeply");
        if (!_active.Add((schema, node)))
            throw new SchemaRunException($"the schema at line {schema.At.Start.Line}, column {schema.At.Start.Column} refers to itself without going into the value: that never ends");
        var inner = scope?.Resource == schema.Resource ? scope : new DynamicScope(schema.Resource, scope);
        var own = evaluated is not null || schema.LooksAtEvaluated ? new Evaluated() : null;
        var visit = new Visit(this, node, path, inner, own, errors);
        var good = true;
        foreach (var keyword in schema.Keywords)
        {
            good &= keyword.Check(visit);
            if (!good && errors is null)
                break;
        }
        _active.Remove((schema, node));
        if (good && own is not null)
            evaluated?.Add(own);
        return good;
    }

    /// <summary>By identity: nodes are records, and equal ones at two places are two.</summary>
    private sealed class PairComparer : IEqualityComparer<(SchemaNode Schema, DocNode Node)>
    {
        public static readonly PairComparer Instance = new();

        public bool Equals((SchemaNode Schema, DocNode Node) x, (SchemaNode Schema, DocNode Node) y) =>
            ReferenceEquals(x.Schema, y.Schema) && ReferenceEquals(x.Node, y.Node);

        public int GetHashCode((SchemaNode Schema, DocNode Node) pair) =>
            HashCode.Combine(RuntimeHelpers.GetHashCode(pair.Schema), RuntimeHelpers.GetHashCode(pair.Node));
    }
}
