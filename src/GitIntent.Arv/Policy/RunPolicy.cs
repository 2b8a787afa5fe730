using System.Collections.Immutable;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Policy;

/// <summary>The verdict of a run, and the exit code that goes with it.</summary>
internal static class RunPolicy
{
    public const string NothingJudged = "nothing was judged";

    /// <summary>As bad as its worst gate; and a run in which no check judged anything of the repository is refused.</summary>
    /// <param name="standAside">Why a nested run judged nothing: the one run that may.</param>
    public static (Verdict Verdict, string? Reason) Judge(ImmutableArray<GateReport> gates, string? standAside = null)
    {
        if (standAside is not null)
            return (Verdict.Skipped, standAside);
        var worst = gates.IsEmpty ? Verdict.Skipped : gates.Max(static g => g.Verdict);
        if (worst is Verdict.Failed or Verdict.Refused)
            return (worst, null);
        return gates.SelectMany(static g => g.Checks).Any(Judged) ? (worst, null) : (Verdict.Refused, NothingJudged);
    }

    /// <summary>As <see cref="Judge"/>, where somebody asked for just these checks: those of our own stores count too.</summary>
    public static (Verdict Verdict, string? Reason) JudgeAsked(ImmutableArray<GateReport> gates)
    {
        var checks = gates.SelectMany(static g => g.Checks).ToList();
        var worst = checks.Count == 0 ? Verdict.Skipped : checks.Max(static c => c.Verdict);
        return worst == Verdict.Skipped ? (Verdict.Refused, NothingJudged) : (worst, null);
    }

    private static bool Judged(CheckReport check) =>
        check.Verdict is Verdict.Passed or Verdict.Failed && !check.Evidence.LeftOut.Any(static l => l.Reason == LeftOutReasons.OwnStore);

    public static int ExitCodeOf(Verdict verdict) => verdict switch
    {
        Verdict.Failed => ExitCodes.Failed,
        Verdict.Refused => ExitCodes.Refused,
        _ => ExitCodes.Ready,
    };
}
