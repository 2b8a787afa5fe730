using System.Collections.Immutable;
using GitIntent.Arv.GitHub;
using Octokit;

namespace GitIntent.Arv.Companion.Publish;

/// <summary>One comment for each key, edited and never repeated. It is ours when it begins with our marker and we wrote it: anybody can write the marker.</summary>
internal sealed class CommentChannel(GitHubSession session, Publication publication, CommentPublication comment)
{
    private const int PagesRead = 30;

    private readonly Identity _identity = new(session, publication);

    public async Task<ChannelAccount> PublishAsync()
    {
        if (await NumberAsync().ConfigureAwait(false) is not { } number)
            return new ChannelAccount(Channel.Comment, ChannelOutcome.Unneeded, "there is no open pull request with this head");

        return await session.ResendAsync(() => EditOrCreateAsync(number)).ConfigureAwait(false);
    }

    private async Task<ChannelAccount> EditOrCreateAsync(int number)
    {
        foreach (var own in await OwnAsync(number).ConfigureAwait(false))
        {
            try
            {
                if (own.Body.TrimEnd() == comment.Body.TrimEnd()) return Account($"#{number}, unchanged");

                await session.Client.Issue.Comment.Update(session.Owner, session.Repository, own.Id, comment.Body).ConfigureAwait(false);
                return Account($"#{number}, edited");
            }
            catch (NotFoundException)
            {
                // Deleted since it was read: the next, or a new one.
            }
        }

        if (comment.IsQuiet)
            return new ChannelAccount(Channel.Comment, ChannelOutcome.Unneeded, $"#{number}: all is well, and there is no earlier comment");

        var made = await session.Client.Issue.Comment.Create(session.Owner, session.Repository, number, comment.Body).ConfigureAwait(false);
        _identity.Learn(made.User?.Login);
        return await YieldAsync(number, made.Id).ConfigureAwait(false);
    }

    /// <summary>Of two jobs that began one at the same time the later withdraws its own, and edits the other's: it has the same key.</summary>
    private async Task<ChannelAccount> YieldAsync(int number, long made)
    {
        if ((await OwnAsync(number).ConfigureAwait(false)).FirstOrDefault() is not { } first || first.Id >= made)
            return Account($"#{number}, new");

        await session.Client.Issue.Comment.Delete(session.Owner, session.Repository, made).ConfigureAwait(false);
        await session.Client.Issue.Comment.Update(session.Owner, session.Repository, first.Id, comment.Body).ConfigureAwait(false);
        return Account($"#{number}, edited");
    }

    /// <summary>The oldest first.</summary>
    private async Task<ImmutableArray<IssueComment>> OwnAsync(int number)
    {
        var all = await session.Client.Issue.Comment.GetAllForIssue(session.Owner, session.Repository, number, new ApiOptions { PageSize = 100, PageCount = PagesRead }).ConfigureAwait(false);
        var own = ImmutableArray.CreateBuilder<IssueComment>();
        foreach (var candidate in all.Where(c => c.Body?.StartsWith(comment.Marker, StringComparison.Ordinal) == true).OrderBy(static c => c.Id))
        {
            if (string.Equals(candidate.User?.Login, await _identity.LoginAsync().ConfigureAwait(false), StringComparison.OrdinalIgnoreCase))
                own.Add(candidate);
        }

        return own.ToImmutable();
    }

    /// <summary>A <c>workflow_run</c> for a fork names no pull request: it is the open one of that branch whose head this is.</summary>
    private async Task<int?> NumberAsync()
    {
        if (publication.PullRequest is { } number) return number;
        if (publication.Source is not { } source) return null;

        var open = await session.Client.PullRequest.GetAllForRepository(session.Owner, session.Repository,
            new PullRequestRequest { Head = $"{source.Owner}:{source.Branch}", State = ItemStateFilter.Open }, new ApiOptions { PageSize = 100, PageCount = 1 }).ConfigureAwait(false);
        return open.FirstOrDefault(pull => pull.Head.Sha == publication.Head)?.Number;
    }

    private static ChannelAccount Account(string text) => new(Channel.Comment, ChannelOutcome.Published, text);
}
