namespace GitIntent.Arv.Model;

/// <summary>What a check, a gate or a run came to. The order is the order of badness: a whole is as bad as its worst part.</summary>
internal enum Verdict
{
    /// <summary>Not asked, with the reason.</summary>
    Skipped,

    /// <summary>Looked, and found nothing wrong.</summary>
    Passed,

    /// <summary>Could not judge. Never a pass.</summary>
    Refused,

    /// <summary>A finding of severity error.</summary>
    Failed,
}
