namespace GitIntent.Reliability;

/// <summary>How far an operation is.</summary>
public enum IdempotencyStatus
{
    /// <summary>Under way.</summary>
    Pending = 0,
    /// <summary>Done; the result is kept.</summary>
    Completed = 1,
    /// <summary>Failed; the failure is kept.</summary>
    Failed = 2,
}

/// <summary>What a caller wants who finds the operation under way.</summary>
public enum InFlight
{
    /// <summary>An <see cref="IdempotencyConflictException"/> at once.</summary>
    Conflict,
    /// <summary>To wait for the outcome.</summary>
    Wait,
}

/// <summary>What happens to a kept failure when the operation is begun again.</summary>
public enum FailurePolicy
{
    /// <summary>A permanent failure is thrown again, with its type, code and fields; a transient one is no obstacle.</summary>
    ReplayPermanent,
    /// <summary>Every failure is thrown again until its record expires.</summary>
    ReplayAll,
    /// <summary>No failure is an obstacle.</summary>
    RunAgain,
}

/// <summary>Why an operation could not be begun or recorded.</summary>
public enum IdempotencyConflict
{
    /// <summary>It is under way elsewhere.</summary>
    InFlight,
    /// <summary>It was begun with another input.</summary>
    InputMismatch,
    /// <summary>Another executor has taken it over.</summary>
    Superseded,
}
