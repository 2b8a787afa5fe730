using System.Collections.Immutable;
using GitIntent.Arv.GitHub;
using Octokit;

namespace GitIntent.Arv.Companion.Publish;

/// <summary>The check run: completed from its first request on, so that it never hangs, and its annotations in pages of 50.</summary>
internal sealed class CheckChannel(GitHubSession session, Publication publication, CheckPublication check)
{
    /// <summary>The API refuses a 51st annotation; those of a later request are added to the earlier ones.</summary>
    private const int PageSize = 50;

    private readonly DateTimeOffset _completed = session.Now;
    private ImmutableArray<Annotation> _annotations;
    private long _id;
    private int _sent;

    /// <summary>The check with its first annotations.</summary>
    public async Task BeginAsync()
    {
        _annotations = await new LinesAtHead(session, publication).MapAsync(check.Annotations).ConfigureAwait(false);
        await session.ResendAsync(async () =>
        {
            // A first try may have got so far: its annotations cannot be taken back, and are the same.
            if (await FindAsync().ConfigureAwait(false) is { } found)
            {
                (_id, _sent) = (found.Id, Math.Min((int)found.Output.AnnotationsCount, _annotations.Length));
                return await SendPageAsync().ConfigureAwait(false);
            }

            var page = Page();
            var made = await session.Client.Check.Run.Create(session.Owner, session.Repository, new NewCheckRun(check.Name, publication.Head)
            {
                ExternalId = check.ExternalId,
                DetailsUrl = check.Details?.AbsoluteUri,
                Status = CheckStatus.Completed,
                Conclusion = Conclusion(),
                CompletedAt = _completed,
                Output = Output(page),
            }).ConfigureAwait(false);
            (_id, _sent) = (made.Id, page.Count);
            return true;
        }).ConfigureAwait(false);
    }

    /// <summary>The rest of the annotations, as far as time allows.</summary>
    public async Task<ChannelAccount> FinishAsync()
    {
        var why = "";
        try
        {
            while (_sent < _annotations.Length)
            {
                var isRepeat = false;
                await session.ResendAsync(async () =>
                {
                    // A page that may have arrived is not sent twice: the check says how many it has.
                    if (isRepeat) _sent = await ArrivedAsync().ConfigureAwait(false);
                    isRepeat = true;
                    return _sent == _annotations.Length || await SendPageAsync().ConfigureAwait(false);
                }).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // the check is there: what is missing is counted
        catch (Exception e)
#pragma warning restore CA1031
        {
            why = Denials.Of(e, "checks");
        }

        var text = $"{check.Name}: {check.Conclusion}, {_sent} of {_annotations.Length} annotations";
        return _sent == _annotations.Length
            ? new ChannelAccount(Channel.Check, ChannelOutcome.Published, text)
            : new ChannelAccount(Channel.Check, ChannelOutcome.Cut, $"{text}, the worst first; {_annotations.Length - _sent} more in the report; {why}");
    }

    private async Task<int> ArrivedAsync()
    {
        var run = await session.Client.Check.Run.Get(session.Owner, session.Repository, _id).ConfigureAwait(false);
        return Math.Min((int)run.Output.AnnotationsCount, _annotations.Length);
    }

    private async Task<bool> SendPageAsync()
    {
        var page = Page();
        await session.Client.Check.Run.Update(session.Owner, session.Repository, _id, new CheckRunUpdate
        {
            Status = CheckStatus.Completed,
            Conclusion = Conclusion(),
            CompletedAt = _completed,
            Output = Output(page),
        }).ConfigureAwait(false);
        _sent += page.Count;
        return true;
    }

    private async Task<CheckRun?> FindAsync()
    {
        var runs = await session.Client.Check.Run.GetAllForReference(session.Owner, session.Repository, publication.Head,
            new CheckRunRequest { CheckName = check.Name, Filter = CheckRunCompletedAtFilter.All }, new ApiOptions { PageSize = 100, PageCount = 3 }).ConfigureAwait(false);
        return runs.CheckRuns.FirstOrDefault(run => run.ExternalId == check.ExternalId);
    }

    private List<NewCheckRunAnnotation> Page() =>
    [
        .. _annotations.Skip(_sent).Take(PageSize).Select(static a => new NewCheckRunAnnotation(a.Path, a.StartLine, a.EndLine, Level(a.Level), a.Message)
        {
            StartColumn = a.StartColumn,
            EndColumn = a.EndColumn,
            Title = a.Title,
        }),
    ];

    private NewCheckRunOutput Output(List<NewCheckRunAnnotation> page) => new(check.Title, check.Summary) { Annotations = page };

    private static CheckAnnotationLevel Level(string level) => level switch
    {
        "failure" => CheckAnnotationLevel.Failure,
        "warning" => CheckAnnotationLevel.Warning,
        _ => CheckAnnotationLevel.Notice,
    };

    private CheckConclusion Conclusion() => check.Conclusion switch
    {
        "success" => CheckConclusion.Success,
        "neutral" => CheckConclusion.Neutral,
        "skipped" => CheckConclusion.Skipped,
        _ => CheckConclusion.Failure,
    };
}
