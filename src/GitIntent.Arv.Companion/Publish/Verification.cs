using GitIntent.Arv.GitHub;
using Octokit;

namespace GitIntent.Arv.Companion.Publish;

/// <summary>
/// Whether a report that the change itself made is about this change: the commit that it names is the event's head, or a merge whose second parent
/// that is. The API says so, not the report.
/// </summary>
internal sealed class Verification(GitHubSession session, Publication publication)
{
    /// <returns>Null where it is; otherwise why not.</returns>
    public async Task<string?> WhyNotAsync()
    {
        var (judged, head) = (publication.Judged!, publication.Head);
        if (judged == head) return null;

        try
        {
            var commit = await session.Client.Git.Commit.Get(session.Owner, session.Repository, judged).ConfigureAwait(false);
            return commit.Sha == judged && commit.Parents is [_, { } second] && second.Sha == head
                ? null
                : $"the report is about commit {CommitId.Short(judged)}, which is neither the event's head {CommitId.Short(head)} nor a merge of it";
        }
        catch (Exception e) when (e is NotFoundException or ApiValidationException)
        {
            return $"the report is about commit {CommitId.Short(judged)}, which is not in the repository; the event's head is {CommitId.Short(head)}";
        }
#pragma warning disable CA1031 // what cannot be verified is not verified
        catch (Exception e)
#pragma warning restore CA1031
        {
            return $"the report's commit {CommitId.Short(judged)} cannot be held against the event's: {Denials.Of(e, "contents")}";
        }
    }
}
