using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Model;
using GitIntent.Arv.Schemas;

namespace GitIntent.Arv.Kinds.Data;

/// <summary>
/// Judges <c>unique</c>. A list that is empty has nothing equal; a list that is not there, or items of which none has the value, mean that
/// the pointer is wrong, and are findings. Some items may lack the value: whether they may is the schema's business.
/// </summary>
internal sealed class UniqueValues(Bindings bindings, DataFindings make, List<Finding> findings)
{
    private readonly Dictionary<(UniqueRule, string Value), (string Path, PointerHit Hit)> _overAll = [];

    public void Judge(UniqueRule rule, DataDocument document)
    {
        var pointer = DataPlace.Expand(rule.Pointer, bindings);
        var result = pointer.Resolve(document.Root);
        if (result.Hits.IsEmpty)
        {
            findings.AddRange(result.Misses.Take(1).Select(miss => make.Nothing(document.Path, miss, rule.Pointer.Raw)));
            return;
        }
        var seen = pointer.HasWildcard ? [] : _overAll;
        foreach (var hit in result.Hits)
        {
            var key = (rule, DataValue.Canonical(hit.Node));
            if (seen.TryAdd(key, (document.Path, hit)))
                continue;
            var (path, first) = seen[key];
            var where = path == document.Path ? "" : path + "#";
            findings.Add(make.NotUnique(document.Path, hit, $"{hit.Pointer} is {DataValue.Show(hit.Node)}, as {where}{first.Pointer} (line {first.Node.Start.Line}) is already"));
        }
    }
}
