using GitIntent.Arv.GitHub;
using Octokit;
using Octokit.Internal;

namespace GitIntent.Arv.Companion.Publish;

/// <summary>A client that keeps to GitHub's limits, and the time that it has.</summary>
internal sealed class GitHubSession
{
    /// <summary>One request that is never answered must not take all of the time.</summary>
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(20);

    private readonly TimeProvider _time;
    private readonly Deadline _deadline;

    private GitHubSession(IGitHubClient client, Publication publication, Deadline deadline, TimeProvider time) =>
        (Client, Owner, Repository, _deadline, _time) = (client, publication.Owner, publication.Repository, deadline, time);

    public IGitHubClient Client { get; }

    public string Owner { get; }

    public string Repository { get; }

    public DateTimeOffset Now => _time.GetUtcNow();

    public static GitHubSession Create(Publication publication, string token, TimeProvider time)
    {
        var deadline = new Deadline(publication.Deadline, time);
        // GitHubClient(header, uri) would append /api/v3/ to every host but api.github.com, *.ghe.com included.
        var connection = new Connection(
            new ProductHeaderValue("arv"), publication.Api, new InMemoryCredentialStore(new Credentials(token, AuthenticationType.Bearer)),
            new HttpClientAdapter(() => new GitHubHandler(new SocketsHttpHandler { AllowAutoRedirect = false }, deadline, time)), new SimpleJsonSerializer());
        connection.SetRequestTimeout(RequestTimeout);
        return new GitHubSession(new GitHubClient(connection), publication, deadline, time);
    }

    /// <summary>
    /// Does a write that may have reached the server though no answer came: the work looks first at what is there, so that nothing is written twice.
    /// </summary>
    /// <exception cref="DeadlineException">There is no time for another try.</exception>
    public async Task<T> ResendAsync<T>(Func<Task<T>> lookAndWrite)
    {
        const int Tries = 3;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await lookAndWrite().ConfigureAwait(false);
            }
            catch (Exception e) when (attempt < Tries && Denials.MayHaveArrived(e))
            {
                var wait = TimeSpan.FromSeconds(1 << attempt);
                _deadline.Require(wait);
                await Task.Delay(wait, _time).ConfigureAwait(false);
            }
        }
    }
}
