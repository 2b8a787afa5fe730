using System.Collections.Frozen;
using System.Text.RegularExpressions;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Schemas;

/// <param name="UnknownKeywords">Whether they are let through, as the standard says. For a gate a keyword that does nothing is a mistake.</param>
/// <param name="Documents">Further schemas by their address, which <c>$ref</c> may name. Nothing is ever fetched.</param>
internal sealed record SchemaOptions(bool UnknownKeywords, FrozenDictionary<string, DocNode> Documents)
{
    public static readonly SchemaOptions Strict = new(false, FrozenDictionary<string, DocNode>.Empty);
}

/// <summary>A mistake in a schema, at its place.</summary>
internal sealed record SchemaError(string Source, Mark Mark, string Message);

/// <summary>
/// A JSON Schema of draft 2020-12, read and ready: core, applicators, unevaluated and validation. <c>format</c> and <c>content…</c> are
/// annotations, as the standard has it by default: they judge nothing.
/// </summary>
internal sealed class JsonSchema
{
    private readonly SchemaNode _root;

    internal JsonSchema(SchemaNode root) => _root = root;

    /// <summary>Reads a schema; null where it has errors.</summary>
    public static JsonSchema? Read(DocNode root, SchemaOptions options, List<SchemaError> errors)
    {
        foreach (var violation in Metaschema.Schema.Validate(root, CancellationToken.None))
            errors.Add(new SchemaError(violation.Source, violation.Start, $"not a good schema: {violation.Message}"));
        return errors.Count > 0 ? null : ReadUnchecked(root, options, errors);
    }

    /// <summary>Of a schema that has the right form.</summary>
    internal static JsonSchema? ReadUnchecked(DocNode root, SchemaOptions options, List<SchemaError> errors)
    {
        var reader = new SchemaReader(options, errors);
        var node = reader.Read(root);
        return errors.Count > 0 ? null : new JsonSchema(node);
    }

    /// <summary>Everything that is not as the schema says, in document order of the schema's keywords.</summary>
    /// <exception cref="SchemaRunException">The schema cannot be applied to the end.</exception>
    public List<Violation> Validate(DocNode instance, CancellationToken stop, int maxSteps = SchemaRun.MaxSteps)
    {
        var violations = new List<Violation>();
        Apply(instance, violations, maxSteps, stop);
        return violations;
    }

    /// <exception cref="SchemaRunException">The schema cannot be applied to the end.</exception>
    public bool IsValid(DocNode instance, CancellationToken stop) => Apply(instance, null, SchemaRun.MaxSteps, stop);

    private bool Apply(DocNode instance, List<Violation>? violations, int maxSteps, CancellationToken stop)
    {
        try
        {
            return new SchemaRun(stop, maxSteps).Apply(_root, instance, null, null, null, violations);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new SchemaRunException($"a text of {e.Input.Length} characters takes a pattern of the schema more than {e.MatchTimeout.TotalSeconds} s");
        }
    }
}
