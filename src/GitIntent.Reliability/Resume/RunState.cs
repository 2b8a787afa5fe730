using System.Text.Json;

namespace GitIntent.Reliability;

/// <summary>How far a run is.</summary>
public enum RunStatus
{
    /// <summary>Not begun.</summary>
    Pending = 0,
    /// <summary>Under way, or was when its process ended.</summary>
    Running = 1,
    /// <summary>Stopped on purpose, to go on later.</summary>
    Paused = 2,
    /// <summary>Done.</summary>
    Completed = 3,
    /// <summary>A step failed.</summary>
    Failed = 4,
    /// <summary>Somebody ended it for good.</summary>
    Cancelled = 5,
}

/// <summary>How far a step is. Completed and skipped steps are done.</summary>
public enum StepStatus
{
    /// <summary>Not begun.</summary>
    Pending = 0,
    /// <summary>Under way, or was when its process ended.</summary>
    Running = 1,
    /// <summary>Done.</summary>
    Completed = 2,
    /// <summary>Failed.</summary>
    Failed = 3,
    /// <summary>Left out on purpose.</summary>
    Skipped = 4,
}

/// <summary>A step of a run.</summary>
public sealed record RunStep
{
    /// <summary>Its id, unique in the run.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, such as that of the agent that does it. Several steps may have the same.</summary>
    public required string Name { get; init; }

    /// <summary>How far it is.</summary>
    public StepStatus Status { get; init; }

    /// <summary>What it produced. Null is nothing; a JSON null, false, 0 or empty text is something.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>The hash of what it was given, see <see cref="CanonicalJson.Hash"/>.</summary>
    public string? InputHash { get; init; }

    internal bool IsDone => Status is StepStatus.Completed or StepStatus.Skipped;
}

/// <summary>A run as its owner knows it.</summary>
public sealed record RunState
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The run's tenant.</summary>
    /// <value><see cref="RunKey.DefaultTenant"/>.</value>
    public string Tenant { get; init; } = RunKey.DefaultTenant;

    /// <summary>How far it is.</summary>
    public RunStatus Status { get; init; }

    /// <summary>Its steps in the order in which they run.</summary>
    public required IReadOnlyList<RunStep> Steps { get; init; }

    /// <summary>A number that its owner raises with every change, so that an older checkpoint is known to be older.</summary>
    public long Revision { get; init; }

    /// <summary>Which attempt this is, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>What the run was made from, such as the digest of its plan.</summary>
    /// <value>Null: the ids and names of the steps in their order, see <see cref="RunDefinition.Fingerprint"/>.</value>
    public string? DefinitionFingerprint { get; init; }

    internal string Definition => DefinitionFingerprint ?? RunDefinition.Fingerprint(Steps);

    internal RunState Checked()
    {
        Identifiers.Required(RunId, "runId");
        Identifiers.Required(Tenant, "tenant");
        if (Steps is null)
            throw GwiValidationException.ForField("steps", "steps is null. A run without steps has an empty list.");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in Steps)
        {
            if (!ids.Add(Identifiers.Required(step?.Id, "step.id")))
                throw GwiValidationException.ForField("steps", $"The step id {step!.Id} occurs twice. Ids are unique in a run; names need not be.");
            Identifiers.Required(step!.Name, "step.name");
        }

        return this;
    }
}
