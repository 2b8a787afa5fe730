using GitIntent.Arv.Planning;

namespace GitIntent.Arv.Running;

/// <summary>Which checks are asked for: those of the gates of <c>--only</c> less those of <c>--skip</c>, and whatever they need.</summary>
internal static class GateSelection
{
    /// <returns>Why a check is not asked; null when it is.</returns>
    public static Func<PlannedCheck, string?> Of(Plan plan, RunOptions options)
    {
        if (options.StandAside is { } aside)
            return _ => aside;
        if (options.Only is null && options.OnlyChecks is null)
            return check => options.Skip.Contains(check.Gate) ? "left out by --skip" : null;
        var checks = plan.Gates.SelectMany(static g => g.Checks).ToDictionary(static c => new Need(c.Gate, c.Id));
        var asked = new HashSet<Need>();
        var open = new Stack<Need>(checks.Keys.Where(k => Named(k, options) && !options.Skip.Contains(k.Gate)));
        while (open.TryPop(out var key))
        {
            if (!asked.Add(key))
                continue;
            foreach (var need in checks[key].Needs)
                open.Push(need);
        }
        return check => options.Skip.Contains(check.Gate) ? "left out by --skip"
            : asked.Contains(new Need(check.Gate, check.Id)) ? null : "not asked for";
    }

    private static bool Named(Need check, RunOptions options) =>
        (options.Only is null || options.Only.Contains(check.Gate)) && (options.OnlyChecks is null || options.OnlyChecks.Value.Contains(check));
}
