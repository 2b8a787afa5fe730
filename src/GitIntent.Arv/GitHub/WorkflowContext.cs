using System.Text.Json;
using System.Text.RegularExpressions;

namespace GitIntent.Arv.GitHub;

/// <summary>What the runner tells by its variables. No token is among them.</summary>
internal sealed partial record WorkflowContext
{
    public WorkflowEvent Event { get; init; } = WorkflowEvent.None;

    /// <summary><c>owner</c> and <c>name</c>; null where GITHUB_REPOSITORY does not say.</summary>
    public (string Owner, string Name)? Repository { get; init; }

    /// <summary>Of the API, with a slash at its end: of github.com, of GitHub Enterprise Server (<c>…/api/v3/</c>) and of <c>*.ghe.com</c>; null where GITHUB_API_URL is no address.</summary>
    public Uri? Api { get; init; }

    public Uri? GraphQl { get; init; }

    /// <summary>The page of this workflow run, or of the one that this one follows.</summary>
    public Uri? RunPage { get; init; }

    /// <summary>The commit that the runner checks out by itself.</summary>
    public string? Sha { get; init; }

    public string RunId { get; init; } = "0";

    public string Attempt { get; init; } = "1";

    /// <summary>The step's id: a second step of the same job has a check of its own.</summary>
    public string Step { get; init; } = "";

    /// <summary>What tells this job's check and comment from those of other jobs: workflow, job, and the values of its matrix.</summary>
    public string Key { get; init; } = "arv";

    /// <summary>What the check run is called.</summary>
    public string CheckName { get; init; } = "arv";

    public static WorkflowContext Read(Func<string, string?> variable)
    {
        if (variable("GITHUB_ACTIONS") != "true") return new WorkflowContext();

        var ownKey = variable("ARV_KEY");
        var job = JobName(variable("GITHUB_JOB") ?? "job", variable("ARV_MATRIX"));
        var repository = RepositoryName().Match(variable("GITHUB_REPOSITORY") ?? "") is { Success: true } name ? ((string Owner, string Name)?)(name.Groups["owner"].Value, name.Groups["name"].Value) : null;
        var run = Digits(variable("GITHUB_RUN_ID")) ?? "0";
        var happened = WorkflowEventReader.Read(variable("GITHUB_EVENT_NAME") ?? "", variable("GITHUB_EVENT_PATH"), variable("GITHUB_SHA"));
        return new WorkflowContext
        {
            Event = happened,
            Repository = repository,
            Api = Folder(variable("GITHUB_API_URL") ?? "https://api.github.com"),
            GraphQl = Address(variable("GITHUB_GRAPHQL_URL") ?? "https://api.github.com/graphql"),
            RunPage = repository is { } at && Folder(variable("GITHUB_SERVER_URL") ?? "https://github.com") is { } server
                ? new Uri(server, $"{at.Owner}/{at.Name}/actions/runs/{happened.SourceRun ?? run}") : null,
            Sha = CommitId.Of(variable("GITHUB_SHA")),
            RunId = run,
            Attempt = Digits(variable("GITHUB_RUN_ATTEMPT")) ?? "1",
            Step = variable("GITHUB_ACTION") ?? "",
            Key = ownKey ?? $"{variable("GITHUB_WORKFLOW") ?? "workflow"}\n{job}",
            CheckName = $"arv / {ownKey ?? job}",
        };
    }

    /// <summary>As GitHub shows a job of a matrix: <c>gates (ubuntu, 10)</c>. GITHUB_JOB is the same for all of them.</summary>
    private static string JobName(string job, string? matrix)
    {
        try
        {
            using var json = JsonDocument.Parse(matrix ?? "null");
            var values = json.RootElement.ValueKind == JsonValueKind.Object ? string.Join(", ", json.RootElement.EnumerateObject().Select(static p => p.Value.ToString())) : "";
            return values.Length == 0 ? job : $"{job} ({values})";
        }
        catch (JsonException)
        {
            return $"{job} ({matrix})";
        }
    }

    /// <summary>What follows is put behind the last slash.</summary>
    private static Uri? Folder(string text) => Address(text.EndsWith('/') ? text : text + "/");

    /// <summary>A token goes nowhere without encryption, but to this machine.</summary>
    private static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback)) ? uri : null;

    private static string? Digits(string? text) => text is { Length: > 0 and < 20 } && text.All(char.IsAsciiDigit) ? text : null;

    [GeneratedRegex(@"\A(?<owner>[A-Za-z0-9_.-]{1,100})/(?<name>[A-Za-z0-9_.-]{1,100})\z")]
    private static partial Regex RepositoryName();
}
