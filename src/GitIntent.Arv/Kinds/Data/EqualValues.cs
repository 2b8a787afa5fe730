using System.Collections.Immutable;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Model;
using GitIntent.Arv.Schemas;

namespace GitIntent.Arv.Kinds.Data;

/// <summary>Judges <c>equal</c>: every value of both places must be one value. What selects nothing is never equal.</summary>
internal sealed class EqualValues(Bindings bindings, DataDocuments documents, DataFindings make, List<Finding> findings)
{
    private readonly record struct Value(string Path, PointerHit Hit);

    public void Judge(EqualRule rule, DataDocument document, CancellationToken stop)
    {
        if (Select(rule.Left, document, stop) is not { } left)
            return;
        if (rule.Right.IsText)
        {
            var text = rule.Right.Text(bindings);
            foreach (var value in left.Where(value => value.Hit.Node is not DocScalar scalar || scalar.Text != text))
                Differs(value, DataValue.Quote(text), rule.Right.Raw == text ? "" : rule.Right.Raw);
            return;
        }
        if (Select(rule.Right, document, stop) is not { } right)
            return;
        var expected = right[0];
        foreach (var value in left.Concat(right[1..]).Where(value => !DataValue.Equal(value.Hit.Node, expected.Hit.Node)))
            Differs(value, DataValue.Show(expected.Hit.Node), expected.Path == value.Path ? expected.Hit.Pointer : $"{expected.Path}#{expected.Hit.Pointer}");
    }

    private void Differs(Value value, string expected, string source) => findings.Add(make.NotEqual(value.Path, value.Hit,
        $"{value.Hit.Pointer} is {DataValue.Show(value.Hit.Node)}; expected {expected}{(source.Length == 0 ? "" : $", as {source}")}"));

    /// <summary>The values of a place; null where it lacks some, which is reported.</summary>
    private ImmutableArray<Value>? Select(DataPlace place, DataDocument document, CancellationToken stop)
    {
        if (place.IsInOtherFile)
        {
            var path = place.File(bindings);
            if (documents.At(path, stop) is not { } others)
            {
                findings.Add(make.NoDocument(path, place.Raw));
                return null;
            }
            // None where the file is unreadable: that is reported already.
            if (others is not [var other, .. var more])
                return null;
            if (more.Length > 0)
            {
                findings.Add(make.Unreadable(path, new DocumentException(path, more[0].Root.Start, $"the file holds {others.Length} documents; {place.Raw} needs one")));
                return null;
            }
            document = other;
        }
        var result = place.Pointer(bindings).Resolve(document.Root);
        foreach (var miss in result.Misses)
            findings.Add(make.Nothing(document.Path, miss, place.Raw));
        if (result is { Hits.IsEmpty: true, Misses.IsEmpty: true })
            findings.Add(make.Nothing(document.Path, document.Root, place.Raw));
        return result.Hits.IsEmpty || !result.Misses.IsEmpty ? null : [.. result.Hits.Select(hit => new Value(document.Path, hit))];
    }
}
