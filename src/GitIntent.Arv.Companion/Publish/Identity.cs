using System.Text.Json;
using GitIntent.Arv.GitHub;
using Octokit;

namespace GitIntent.Arv.Companion.Publish;

/// <summary>Whose token it is, asked once and only where it matters.</summary>
internal sealed class Identity(GitHubSession session, Publication publication)
{
    /// <summary>Who writes with the token that Actions gives to a job.</summary>
    private const string Actions = "github-actions[bot]";

    private string? _login;

    /// <summary>Who wrote what was just written.</summary>
    public void Learn(string? login) => _login ??= login;

    public async Task<string> LoginAsync() => _login ??= await UserAsync().ConfigureAwait(false) ?? await ViewerAsync().ConfigureAwait(false) ?? Actions;

    /// <summary>A user's token. An app's may not ask this.</summary>
    private async Task<string?> UserAsync()
    {
        try
        {
            return (await session.Client.User.Current().ConfigureAwait(false)).Login;
        }
        catch (Exception e) when (e is ForbiddenException or NotFoundException)
        {
            return null;
        }
    }

    /// <summary>Any token, an app's included.</summary>
    private async Task<string?> ViewerAsync()
    {
        if (publication.GraphQl is not { } address) return null;

        try
        {
            var answer = await session.Client.Connection.Post<string>(address, new { query = "{ viewer { login } }" }, "application/json", "application/json").ConfigureAwait(false);
            using var json = JsonDocument.Parse(answer.HttpResponse.Body as string ?? "null");
            return json.RootElement.GetProperty("data").GetProperty("viewer").GetProperty("login").GetString();
        }
        catch (Exception e) when (e is ApiException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
