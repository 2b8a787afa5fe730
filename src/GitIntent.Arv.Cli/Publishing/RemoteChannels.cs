using System.Collections.Immutable;
using System.Text.Json;
using GitIntent.Arv.Companion;
using GitIntent.Arv.GitHub;
using GitIntent.Arv.Scope;

namespace GitIntent.Arv.Cli.Publishing;

/// <summary>The channels that need the API: the companion process publishes, and is the only one that is given the token.</summary>
internal static class RemoteChannels
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    /// <summary>After its own deadline the companion has this long to answer.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>What .NET and a way to the API need; nothing else of the caller's.</summary>
    private static readonly ImmutableArray<string> Passed =
    [
        "PATH", "PATHEXT", "HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "ProgramFiles", "DOTNET_ROOT", "DOTNET_HOST_PATH",
        "HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR",
    ];

    /// <returns>What became of each channel that is wanted; one account that is refused where the report is another commit's.</returns>
    public static async Task<List<ChannelAccount>> PublishAsync(RemoteRequest request, string? token, CliContext context)
    {
        var mustVerify = request.IsUnverified && request.Judged != request.Workflow.Event.Head;
        if (request.IsUnverified && CannotMatch(request) is { } mismatch)
            return [Refused(mismatch)];
        if (!request.Wanted.Any() && !mustVerify) return [];

        if (WhyNot(request.Workflow, token) is { } why)
            return mustVerify ? [Refused($"the report's commit cannot be held against the event's: {why}")] : [.. request.Wanted.Select(channel => new ChannelAccount(channel, ChannelOutcome.Denied, why))];

        var publication = Make(request, mustVerify);
        var (accounts, fault) = publication.Check is null && publication.Comment is null && !mustVerify ? ([], null) : await AskAsync(publication, token!, context).ConfigureAwait(false);
        if (accounts.Any(static a => a.Outcome == ChannelOutcome.Refused)) return accounts;
        if (mustVerify && accounts.Count == 0) return [Refused($"the report's commit cannot be held against the event's: {fault ?? "the companion gave no answer"}")];

        accounts.AddRange(request.Wanted.Where(channel => accounts.All(a => a.Channel != channel)).Select(channel => channel == Channel.Comment && publication.Comment is null
            ? new ChannelAccount(channel, ChannelOutcome.Unneeded, $"the event {request.Workflow.Event.Name} has no pull request")
            : new ChannelAccount(channel, ChannelOutcome.Denied, fault ?? "the companion did not say what became of it")).ToList());
        return accounts;
    }

    private static ChannelAccount Refused(string why) => new(Channel.Check, ChannelOutcome.Refused, why);

    private static Publication Make(RemoteRequest request, bool mustVerify)
    {
        var (workflow, happened) = (request.Workflow, request.Workflow.Event);
        return new Publication
        {
            Api = workflow.Api!,
            GraphQl = workflow.GraphQl,
            Owner = workflow.Repository!.Value.Owner,
            Repository = workflow.Repository.Value.Name,
            Head = happened.Head!,
            Judged = request.Judged,
            MustVerify = mustVerify,
            PullRequest = happened.PullRequest,
            Source = happened.Source,
            Check = request.Check ? PublicationMaker.Check(request.Report, workflow, request.Prefix, request.IsUnverified) : null,
            Comment = request.Comment && (happened.PullRequest is not null || happened.Source is not null) ? PublicationMaker.Comment(request.Report, workflow, request.IsUnverified) : null,
            Deadline = Deadline,
        };
    }

    /// <returns>The accounts that the companion gave, and why there may be fewer than were asked for.</returns>
    private static async Task<(List<ChannelAccount> Accounts, string? Fault)> AskAsync(Publication publication, string token, CliContext context)
    {
        using var stop = new CancellationTokenSource();
        using var signals = context.OnSignal(_ => stop.Cancel());
        var job = new CompanionJob
        {
            Request = JsonSerializer.SerializeToUtf8Bytes(publication, PublishJson.Default.Publication),
            Environment = context.Environment.Where(static pair => Passed.Contains(pair.Key, StringComparer.OrdinalIgnoreCase))
                .ToImmutableDictionary(StringComparer.Ordinal).SetItem(GitHubToken.Variable, token),
            WorkingFolder = Path.GetTempPath(),
            Timeout = publication.Deadline + Grace,
        };
        try
        {
            var answer = await CompanionProcess.BesideTheCommand(context.Time).RunAsync(CompanionProcess.Publish, job, stop.Token).ConfigureAwait(false);
            var ended = answer.Result is { End: Processes.CommandEnd.Exited, Code: 0 } ? null : $"the companion ended early ({answer.Result.End} {answer.Result.Code})";
            return ([.. answer.Lines.Select(static line => JsonSerializer.Deserialize(line.Span, PublishJson.Default.ChannelAccount)!)], answer.Fault ?? ended);
        }
        catch (OperationCanceledException)
        {
            return ([], "interrupted");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return ([], $"the companion cannot be asked: {e.Message}");
        }
    }

    /// <summary>What needs no API to be seen: the report of a change must name a commit, and the event one to hold it against.</summary>
    private static string? CannotMatch(RemoteRequest request) => (request.Judged, request.Workflow.Event.Head) switch
    {
        (null, _) => "the report names no commit, so nothing says that it is about this change",
        (_, null) => $"there is no commit to hold the report against: {request.Workflow.Event.Fault}",
        _ => null,
    };

    private static string? WhyNot(WorkflowContext workflow, string? token)
    {
        if (workflow.Event.Head is null) return workflow.Event.Fault;
        if (workflow.Repository is null) return "GITHUB_REPOSITORY names no owner/repository";
        if (workflow.Api is null) return "GITHUB_API_URL is no https address";

        return token is null ? $"there is no token: give it in {GitHubToken.Variable} or {GitHubToken.Usual}; the job needs checks: write and pull-requests: write" : null;
    }
}
