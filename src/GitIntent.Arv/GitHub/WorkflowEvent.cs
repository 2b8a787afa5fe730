namespace GitIntent.Arv.GitHub;

/// <summary>Why a workflow runs, as far as publishing needs it.</summary>
internal sealed record WorkflowEvent
{
    /// <summary>No workflow: a laptop.</summary>
    public static readonly WorkflowEvent None = new() { Name = "", Fault = "this is no workflow of GitHub Actions (GITHUB_ACTIONS is not \"true\")" };

    /// <summary>GITHUB_EVENT_NAME.</summary>
    public required string Name { get; init; }

    /// <summary>The commit that check runs belong on: of a pull request its head, never the merge that GITHUB_SHA names. Null where it is not known.</summary>
    public string? Head { get; init; }

    /// <summary>The number of the pull request; null where the event has none, or does not name it.</summary>
    public int? PullRequest { get; init; }

    /// <summary>Of a <c>workflow_run</c>: whose branch it ran for. For a fork the event names no pull request, and it is looked up by this.</summary>
    public PullRequestHead? Source { get; init; }

    /// <summary>Of a <c>workflow_run</c>: the run that has ended, which has the report.</summary>
    public string? SourceRun { get; init; }

    /// <summary>What is wrong with the event, in a sentence; null where nothing is.</summary>
    public string? Fault { get; init; }
}

/// <summary>A branch as the API names it: <c>owner:branch</c>.</summary>
internal sealed record PullRequestHead(string Owner, string Branch);
