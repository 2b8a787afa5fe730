using System.Collections.Immutable;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Kinds.Data;

/// <summary>What a <c>data</c> check can find.</summary>
internal static class DataCodes
{
    public static readonly RuleInfo Schema = Error("ARV2001", "a document is not as its schema says", "Correct the value, or the schema.");

    public static readonly RuleInfo NotEqual = Error("ARV2002", "two values that must be equal are not", "Make the two values equal.");

    public static readonly RuleInfo NotUnique = Error("ARV2003", "values that must differ are equal", "Give each its own value.");

    public static readonly RuleInfo Unreadable = Error("ARV2004", "a document cannot be read", "Correct the document.");

    public static readonly RuleInfo SampleRejected = Error("ARV2005", "the schema rejects a sample that it must accept", "Correct the schema, or the sample.");

    public static readonly RuleInfo SampleAccepted = Error("ARV2006", "the schema accepts a sample that it must reject", "Make the schema stricter, or correct the sample.");

    public static readonly RuleInfo Nothing = Error("ARV2007", "a place selects nothing", "Add the value, or correct the place.");

    public static readonly ImmutableArray<RuleInfo> All = [Schema, NotEqual, NotUnique, Unreadable, SampleRejected, SampleAccepted, Nothing];

    private static RuleInfo Error(string id, string message, string remedy) => new(id, Severity.Error, message) { Remedy = remedy };
}
