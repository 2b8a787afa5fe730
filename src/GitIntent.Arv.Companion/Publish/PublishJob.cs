using System.Text.Json;
using GitIntent.Arv.GitHub;
using GitIntent.Arv.Scope;

namespace GitIntent.Arv.Companion.Publish;

/// <summary>Shows a report on GitHub. This process alone is given the token, by its environment, and it runs nobody's code.</summary>
internal sealed class PublishJob(TimeProvider time, Func<string, string?> variable) : ICompanionJob
{
    public string Name => CompanionProcess.Publish;

    public async Task<int> RunAsync(Stream request, AnswerFile answer)
    {
        var publication = (await JsonSerializer.DeserializeAsync(request, PublishJson.Default.Publication).ConfigureAwait(false))!;
        var session = GitHubSession.Create(publication, variable(GitHubToken.Variable) ?? "", time);
        await new Publisher(session, publication, account => answer.Write(account, PublishJson.Default.ChannelAccount)).RunAsync().ConfigureAwait(false);
        return 0;
    }
}
