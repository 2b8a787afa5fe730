using System.Text.Json;
using GitIntent.Arv.Companion;
using GitIntent.Arv.Companion.Publish;
using GitIntent.Arv.GitHub;
using GitIntent.Arv.Model;
using GitIntent.Arv.Scope;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.GitHub.Api;

/// <summary>Publishes with the companion's job, in this process and on a clock of the test's own.</summary>
public abstract class PublishingTests : IDisposable
{
    internal const string Head = "1111111111111111111111111111111111111111";
    internal const string Merge = "2222222222222222222222222222222222222222";

    private readonly Fronts _fronts;
    private readonly TempFolder _folder = new();

    protected PublishingTests(Fronts fronts)
    {
        _fronts = fronts;
        Fake = fronts.Fake;
        Fake.Reset();
        Fake.Clock = Time;
    }

    internal FakeGitHub Fake { get; }

    internal SkippingTime Time { get; } = new();

    internal static WorkflowContext OfPull { get; } = new()
    {
        Event = new WorkflowEvent { Name = "pull_request", Head = Head, PullRequest = 7 },
        Repository = ("octo", "app"),
        RunPage = new Uri("https://github.com/octo/app/actions/runs/11"),
        RunId = "11",
        Step = "__run",
        Key = "workflow\ngates",
        CheckName = "arv / gates",
    };

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal Publication Publication(string front, RunReport report, WorkflowContext? context = null, bool isUnverified = false) => new()
    {
        Api = _fronts.Address(front),
        // GitHub's OpenAPI description has no GraphQL.
        GraphQl = new Uri(Fake.Address, "graphql"),
        Owner = "octo",
        Repository = "app",
        Head = Head,
        Judged = Head,
        PullRequest = 7,
        Check = PublicationMaker.Check(report, context ?? OfPull, "", isUnverified),
        Comment = PublicationMaker.Comment(report, context ?? OfPull, isUnverified),
        Deadline = TimeSpan.FromSeconds(90),
    };

    internal async Task<string[]> PublishAsync(Publication publication, string token = FakeGitHub.Token)
    {
        var path = _folder.At($"answer-{Guid.NewGuid():N}");
        using (var answer = new AnswerFile(path))
        {
            using var request = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(publication, PublishJson.Default.Publication));
            (await new PublishJob(Time, name => name == GitHubToken.Variable ? token : null).RunAsync(request, answer)).ShouldBe(0);
        }

        return [.. (await File.ReadAllLinesAsync(path)).Select(static line => JsonSerializer.Deserialize(line, PublishJson.Default.ChannelAccount)!.ToString())];
    }
}
