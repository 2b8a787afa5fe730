using System.Globalization;
using System.Runtime.CompilerServices;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Schemas;

/// <summary>A way in which a value is not as a schema says, at its place.</summary>
internal sealed record Violation(string Source, Mark Start, Mark End, string Pointer, string Message);

/// <summary>Where a value lies in its document, from the inside out.</summary>
internal sealed record InstancePath(InstancePath? Parent, string Segment)
{
    public static string Pointer(InstancePath? path)
    {
        var segments = new Stack<string>();
        for (var at = path; at is not null; at = at.Parent)
            segments.Push("/" + DocPointer.Escape(at.Segment));
        return string.Concat(segments);
    }
}

/// <summary>The resources that evaluation came through, from the inside out; <c>$dynamicRef</c> asks the outermost first.</summary>
internal sealed record DynamicScope(SchemaResource Resource, DynamicScope? Outer);

/// <summary>Which keys and items some keyword has looked at, for <c>unevaluatedProperties</c> and <c>unevaluatedItems</c>.</summary>
internal sealed class Evaluated
{
    public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

    public HashSet<int> Items { get; } = [];

    public void Add(Evaluated other)
    {
        Keys.UnionWith(other.Keys);
        Items.UnionWith(other.Items);
    }
}

/// <summary>A schema applied to a value.</summary>
/// <param name="Evaluated">Null where nobody asks.</param>
/// <param name="Errors">Null where only the answer counts.</param>
internal sealed record Visit(SchemaRun Run, DocNode Node, InstancePath? Path, DynamicScope Scope, Evaluated? Evaluated, List<Violation>? Errors)
{
    /// <summary>Applies another schema to the same value.</summary>
    public bool Apply(SchemaNode schema) => Run.Apply(schema, Node, Path, Scope, Evaluated, Errors);

    /// <summary>As <see cref="Apply"/>, without reporting.</summary>
    public bool Try(SchemaNode schema, Evaluated? evaluated) => Run.Apply(schema, Node, Path, Scope, evaluated, null);

    public bool ApplyTo(SchemaNode schema, DocEntry entry)
    {
        Evaluated?.Keys.Add(entry.Key);
        if (schema.Always == false && Errors is not null)
            return Fail(entry, $"the key {DataValue.Quote(entry.Key)} is not allowed");
        return Run.Apply(schema, entry.Value, new InstancePath(Path, entry.Key), Scope, null, Errors);
    }

    public bool ApplyTo(SchemaNode schema, DocList list, int index, List<Violation>? errors) =>
        Run.Apply(schema, list.Items[index], new InstancePath(Path, index.ToString(CultureInfo.InvariantCulture)), Scope, null, errors);

    public bool Fail([InterpolatedStringHandlerArgument("")] ref FaultText message)
    {
        Errors?.Add(new Violation(Node.Source, Node.Start, Node.End, InstancePath.Pointer(Path), message.ToText()));
        return false;
    }

    /// <summary>Fails at a key.</summary>
    public bool Fail(DocEntry entry, [InterpolatedStringHandlerArgument("")] ref FaultText message)
    {
        Errors?.Add(new Violation(entry.KeySource, entry.KeyStart, entry.KeyEnd, InstancePath.Pointer(new InstancePath(Path, entry.Key)), message.ToText()));
        return false;
    }
}

/// <summary>The words of a fault; they are not even looked up where nobody collects faults, as in the branches of a choice.</summary>
[InterpolatedStringHandler]
internal ref struct FaultText
{
    private DefaultInterpolatedStringHandler _text;

    public FaultText(int literalLength, int formattedCount, Visit visit, out bool isWanted)
    {
        isWanted = visit.Errors is not null;
        _text = isWanted ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public string ToText() => _text.ToStringAndClear();
}
