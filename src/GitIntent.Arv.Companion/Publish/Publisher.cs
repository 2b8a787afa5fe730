using GitIntent.Arv.GitHub;

namespace GitIntent.Arv.Companion.Publish;

/// <summary>
/// The check's first annotations, then the comment, then the rest of the annotations: a deadline takes the least of it. Each channel's account is given as soon as
/// it is known, and one channel's failure is no other's.
/// </summary>
internal sealed class Publisher(GitHubSession session, Publication publication, Action<ChannelAccount> say)
{
    public async Task RunAsync()
    {
        if (publication.MustVerify && await new Verification(session, publication).WhyNotAsync().ConfigureAwait(false) is { } mismatch)
        {
            say(new ChannelAccount(Channel.Check, ChannelOutcome.Refused, mismatch));
            return;
        }

        var check = publication.Check is { } wanted ? new CheckChannel(session, publication, wanted) : null;
        var denied = check is null ? null : await Try(Channel.Check, "checks", check.BeginAsync).ConfigureAwait(false);
        if (denied is not null) say(denied);
        if (publication.Comment is { } comment)
        {
            ChannelAccount? account = null;
            var failed = await Try(Channel.Comment, "pull-requests", async () => account = await new CommentChannel(session, publication, comment).PublishAsync().ConfigureAwait(false)).ConfigureAwait(false);
            say(failed ?? account!);
        }

        if (check is not null && denied is null)
            say(await check.FinishAsync().ConfigureAwait(false));
    }

    private static async Task<ChannelAccount?> Try(Channel channel, string right, Func<Task> publish)
    {
        try
        {
            await publish().ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // whatever goes wrong in a channel is its account, and the next one has its turn
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new ChannelAccount(channel, ChannelOutcome.Denied, Denials.Of(e, right));
        }
    }
}
