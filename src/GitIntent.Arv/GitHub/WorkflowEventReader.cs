using System.Globalization;
using System.Text.Json;

namespace GitIntent.Arv.GitHub;

/// <summary>Reads the event of a workflow from its file. An event that cannot be read is a fault with a reason, never an exception: publishing decides nothing.</summary>
internal static class WorkflowEventReader
{
    /// <summary>GitHub sends no larger payload (https://docs.github.com/webhooks/webhook-events-and-payloads).</summary>
    public const int LargestFile = 25 << 20;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128 };

    public static WorkflowEvent Read(string name, string? path, string? sha)
    {
        var known = new WorkflowEvent { Name = name, Head = CommitId.Of(sha) };
        if (path is null) return WithoutFile(known, "GITHUB_EVENT_PATH names no file");

        try
        {
            if (BoundedFile.Read(path, LargestFile) is not { } bytes)
                return WithoutFile(known, $"the event file has more than {LargestFile} bytes, and GitHub sends no such event");

            using var document = JsonDocument.Parse(bytes, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(known, document.RootElement)
                : WithoutFile(known, "the event file holds no JSON object");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return WithoutFile(known, $"the event file cannot be read: {e.Message}");
        }
        catch (JsonException e)
        {
            return WithoutFile(known, $"the event file is not JSON: {e.Message}");
        }
    }

    /// <summary>The head of these events stands nowhere but in the file, and GITHUB_SHA is another commit.</summary>
    private static WorkflowEvent WithoutFile(WorkflowEvent known, string fault) =>
        known with { Head = known.Name is "push" or "workflow_dispatch" or "schedule" ? known.Head : null, Fault = fault };

    private static WorkflowEvent Read(WorkflowEvent known, JsonElement root) => known.Name switch
    {
        "pull_request" or "pull_request_target" or "pull_request_review" or "pull_request_review_comment" => OfPullRequest(known, root),
        "merge_group" => OfCommit(known, Text(root, "merge_group", "head_sha"), "merge_group.head_sha"),
        "workflow_run" => OfWorkflowRun(known, root),
        // "after" of an annotated tag is the tag.
        "push" => OfCommit(known, Text(root, "head_commit", "id") ?? Text(root, "after"), "head_commit.id"),
        "" => known with { Fault = "GITHUB_EVENT_NAME is not set" },
        _ => known.Head is null ? known with { Fault = $"the event {known.Name} names no commit, and GITHUB_SHA does not either" } : known,
    };

    private static WorkflowEvent OfPullRequest(WorkflowEvent known, JsonElement root) =>
        OfCommit(known, Text(root, "pull_request", "head", "sha"), "pull_request.head.sha") with
        {
            PullRequest = Number(root, "pull_request", "number") is { } number and <= int.MaxValue ? (int)number : null,
        };

    private static WorkflowEvent OfWorkflowRun(WorkflowEvent known, JsonElement root)
    {
        var (owner, branch) = (Text(root, "workflow_run", "head_repository", "owner", "login"), Text(root, "workflow_run", "head_branch"));
        return OfCommit(known, Text(root, "workflow_run", "head_sha"), "workflow_run.head_sha") with
        {
            Source = owner is null || branch is null ? null : new PullRequestHead(owner, branch),
            SourceRun = Number(root, "workflow_run", "id")?.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A commit that is named must be one; GITHUB_SHA does not stand in for it, for it may be another.</summary>
    private static WorkflowEvent OfCommit(WorkflowEvent known, string? sha, string member) => CommitId.Of(sha) is { } head
        ? known with { Head = head }
        : known with { Head = null, Fault = $"the event {known.Name} has no commit at {member}" };

    private static string? Text(JsonElement root, params ReadOnlySpan<string> members) =>
        At(root, members) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static long? Number(JsonElement root, params ReadOnlySpan<string> members) =>
        At(root, members) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) && number > 0 ? number : null;

    private static JsonElement? At(JsonElement element, ReadOnlySpan<string> members)
    {
        foreach (var member in members)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(member, out element)) return null;
        }

        return element;
    }
}
