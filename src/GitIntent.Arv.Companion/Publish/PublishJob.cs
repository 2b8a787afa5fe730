using System.Text.Json;
using GitIntent.Arv.GitHub;

namespace GitIntent.Arv.Companion.Publish;

/// <summary>Shows a report on GitHub. This process alone is given the token, by its environment, and it runs nobody's code.</summary>
internal sealed class PublishJob(TimeProvider time, Func<string, string?> variable) : ICompanionJob
{
    public const string TokenVariable = "ARV_GITHUB_TOKEN";

    public string Name => CompanionProcess.Publish;

    public async Task<int> RunAsync(Stream request, AnswerFile answer)
    {
        var publication = (await JsonSerializer.DeserializeAsync(request, PublishJson.Default.Publication).ConfigureAwait(false))!;
        var session = GitHubSession.Create(publication, variable(TokenVariable) ?? "", time);
        await new Publisher(session, publication, account => answer.Write(account, PublishJson.Default.ChannelAccount)).RunAsync().ConfigureAwait(false);
        return 0;
    }
}
