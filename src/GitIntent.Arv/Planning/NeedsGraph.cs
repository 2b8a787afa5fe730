using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Planning;

/// <summary>What needs what: every need must be there, and none may need itself.</summary>
internal static class NeedsGraph
{
    public static void Check(IReadOnlyList<PlannedGate> gates, IReadOnlyList<(Need Need, string Gate, DocNode At)> needs, ConfigErrors errors)
    {
        var checks = gates.SelectMany(static g => g.Checks).ToDictionary(static c => new Need(c.Gate, c.Id));
        if (errors.Count > 0)
            return; // a check that could not be read would be called missing
        foreach (var (need, gate, at) in needs.DistinctBy(static n => (n.Need, n.At)))
        {
            if (checks.ContainsKey(need))
                continue;
            var known = checks.Keys.Select(k => k.Gate == gate ? k.Check : $"{k.Gate}/{k.Check}").ToList();
            var given = need.Gate == gate ? need.Check : $"{need.Gate}/{need.Check}";
            errors.Add(at, $"needs: there is no check \"{given}\";{Words.DidYouMean(given, known)} expected one of {string.Join(", ", known)}");
        }
        if (errors.Count > 0)
            return;
        var state = new Dictionary<Need, bool>(); // false while open, true when done
        foreach (var (need, _, at) in needs)
        {
            if (FindCircle(need, checks, state, []) is { } circle)
            {
                errors.Add(at, $"needs: a check needs itself: {string.Join(" → ", circle.Select(static n => $"{n.Gate}/{n.Check}"))}");
                return;
            }
        }
    }

    private static List<Need>? FindCircle(Need at, Dictionary<Need, PlannedCheck> checks, Dictionary<Need, bool> state, List<Need> path)
    {
        path.Add(at);
        if (state.TryGetValue(at, out var done))
        {
            if (!done)
                return path[path.IndexOf(at)..];
        }
        else
        {
            state[at] = false;
            foreach (var need in checks[at].Needs)
            {
                if (FindCircle(need, checks, state, path) is { } circle)
                    return circle;
            }
            state[at] = true;
        }
        path.RemoveAt(path.Count - 1);
        return null;
    }
}
