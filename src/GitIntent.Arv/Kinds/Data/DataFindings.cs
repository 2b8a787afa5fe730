using System.Collections.Immutable;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Model;
using GitIntent.Arv.Schemas;

namespace GitIntent.Arv.Kinds.Data;

/// <summary>The findings of the kind, at their places.</summary>
internal sealed class DataFindings(FindingMaker make)
{
    public Finding Schema(string path, Violation violation) =>
        At(DataCodes.Schema.Id, path, violation.Start, violation.End, violation.Pointer, Where(violation.Pointer) + violation.Message, "Correct the value, or the schema.");

    public Finding NotEqual(string path, PointerHit hit, string message) => At(DataCodes.NotEqual.Id, path, hit, message, "Make the two values equal.");

    public Finding NotUnique(string path, PointerHit hit, string message) => At(DataCodes.NotUnique.Id, path, hit, message, "Give each its own value.");

    public Finding Unreadable(string path, DocumentException e) => At(DataCodes.Unreadable.Id, path, e.Mark, e.Mark, "", e.Message, "Correct the document.");

    public Finding SampleRejected(string path, Violation violation) =>
        At(DataCodes.SampleRejected.Id, path, violation.Start, violation.End, violation.Pointer, $"the schema rejects this sample, which it must accept: {Where(violation.Pointer)}{violation.Message}", "Correct the schema, or the sample.");

    public Finding SampleAccepted(string path) => make.Make(DataCodes.SampleAccepted.Id, "the schema accepts this sample, which it must reject", "Make the schema stricter, or correct the sample.", path);

    public Finding NoSample(bool valid, string pattern) =>
        make.Make(valid ? DataCodes.SampleRejected.Id : DataCodes.SampleAccepted.Id, $"there is no sample {pattern}", "Add the sample, or correct the path.", null) with { Anchor = pattern };

    public Finding NoDocument(string path, string place) => make.Make(DataCodes.Nothing.Id, $"there is no file {path} ({place})", "Add the file, or correct the place.", null) with { Anchor = place };

    public Finding Nothing(string path, PointerMiss miss, string place) =>
        At(DataCodes.Nothing.Id, path, new PointerHit(miss.Pointer, miss.Node), $"{place} selects nothing: {(miss.Pointer.Length == 0 ? "the document" : miss.Pointer)} has no {DataValue.Quote(miss.Segment)}", "Add the value, or correct the pointer.");

    public Finding Nothing(string path, DocNode root, string place) =>
        At(DataCodes.Nothing.Id, path, new PointerHit("", root), $"{place} selects nothing", "Add a value, or correct the pointer.");

    public ImmutableArray<RuleInfo> Describe(DataRules rules)
    {
        var all = ImmutableArray.CreateBuilder<RuleInfo>();
        if (rules.SchemaPath is { } schema)
            all.Add(make.Describe(DataCodes.Schema, "schema " + schema));
        foreach (var rule in rules.Equal)
            all.Add(make.Describe(DataCodes.NotEqual, $"equal {rule.Left.Raw} and {rule.Right.Raw}"));
        foreach (var rule in rules.Unique)
            all.Add(make.Describe(DataCodes.NotUnique, "unique " + rule.Pointer.Raw));
        return all.ToImmutable();
    }

    private static string Where(string pointer) => pointer.Length == 0 ? "" : pointer + ": ";

    private Finding At(string code, string path, PointerHit hit, string message, string remedy) =>
        At(code, path, hit.Node.Start, hit.Node.End, hit.Pointer, message, remedy);

    private Finding At(string code, string path, Mark start, Mark end, string pointer, string message, string remedy) =>
        make.Make(code, message, remedy, path) with { Span = FindingMaker.Span(start, end), Anchor = pointer };
}
