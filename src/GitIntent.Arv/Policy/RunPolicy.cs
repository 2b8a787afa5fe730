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

    private static bool Judged(CheckReport check) => check.Verdict is Verdict.Passed or Verdict.Failed;

    public static int ExitCodeOf(Verdict verdict) => verdict switch
    {
        Verdict.Failed => ExitCodes.Failed,
        Verdict.Refused => ExitCodes.Refused,
        _ => ExitCodes.Ready,
    };
}
