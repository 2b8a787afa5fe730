using System.Collections.Immutable;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Policy;

/// <summary>What a gate's checks looked at together: a path that several looked at counts once.</summary>
internal static class GateEvidence
{
    public static Evidence Of(ImmutableArray<CheckReport> checks)
    {
        if (checks is [var only])
            return only.Evidence;
        ImmutableArray<LeftOut> leftOut = [.. checks.SelectMany(static c => c.Evidence.LeftOut).Distinct()
            .OrderBy(static l => l.Path, StringComparer.Ordinal).ThenBy(static l => l.Reason, StringComparer.Ordinal)];
        var first = checks[0].Evidence;
        if (checks.All(c => c.Evidence.Paths == first.Paths && c.Evidence.Read == first.Read))
            return first with { LeftOut = leftOut };
        var matched = new SortedSet<string>(StringComparer.Ordinal);
        var read = new HashSet<string>(StringComparer.Ordinal);
        foreach (var evidence in checks.Select(static c => c.Evidence))
        {
            matched.UnionWith(evidence.Paths);
            read.UnionWith(evidence.ReadPaths);
        }
        return new Evidence([.. matched], read.Count, leftOut);
    }
}
