namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>One call of a process that may die of it, and what is to be found after it.</summary>
/// <param name="Part">One of <see cref="CrashParts"/>.</param>
/// <param name="Prefix">What its ids begin with.</param>
/// <param name="Index">Its place in the script.</param>
/// <param name="Id">What it is about: a lock's run, an operation, a checkpoint's run.</param>
/// <param name="Call">The call, for histories.</param>
/// <param name="After">What is there after it: a text of <see cref="CrashStates"/>.</param>
/// <param name="Draws">Whether it draws a new number (a fence, a version), which it returns.</param>
/// <param name="Act">Makes the call.</param>
internal sealed record CrashStep(string Part, string Prefix, int Index, string Id, string Call, string After, bool Draws, Func<CrashHands, Task<long>> Act)
{
    public string Key { get; } = FormattableString.Invariant($"{Part}/{Prefix}/{Index}");

    /// <summary>Whether nothing of it is left.</summary>
    public bool IsGone => After == CrashStates.Gone;
}

/// <summary>What a subject may offer that outlives a process.</summary>
internal static class CrashParts
{
    public const string Locks = "locks", Records = "records", Checkpoints = "checkpoints";

    public static string Name(string part) => part == Records ? "idempotency store" : part;
}
