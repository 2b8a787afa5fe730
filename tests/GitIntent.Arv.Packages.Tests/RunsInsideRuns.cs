using GitIntent.Arv.Packages.Tests.Support;

namespace GitIntent.Arv.Packages.Tests;

/// <summary>A gate that builds the very solution whose build runs the gates.</summary>
[Collection(Packed.Name)]
[Trait("Category", "Packages")]
public sealed class RunsInsideRuns(Feed feed)
{
    private const string Tests = """
          tests:
            title: Tests
            checks:
              pass: { timeout: 5m, exec: { run: [dotnet, test, Checks], env: { MSBUILDTERMINALLOGGER: "off" } } }

        """;

    [Theory]
    [InlineData("build", 0)]
    [InlineData("build -t:Arv", 1)]
    [InlineData("run-all", 1)]
    public async Task Runs_once_the_inner_build_says_why_it_stood_aside_and_the_verdict_is_the_same(string command, int times)
    {
        using var user = await feed.OneAsync();
        Templates.AddTests(user, "Checks", """System.IO.File.AppendAllText(System.Environment.GetEnvironmentVariable("TIMES")!, "x")""");
        user.Write("arv.yml", Templates.Gates + Tests);
        (await user.DotNetAsync("sln add Checks")).ExitCode.ShouldBe(0);
        (await user.DotNetAsync("restore")).ExitCode.ShouldBe(0);

        var start = command == "run-all" ? null : user.Start([DotNet.Host, .. command.Split(' ')]);
        if (start is null)
        {
            await new Installed(feed).RunAsync(user, "--version");
            start = user.Start(new Installed(feed).Command, "run-all");
        }
        start.Environment["TIMES"] = user.At("times.txt");
        var result = await DotNet.RunAsync(start);

        result.ExitCode.ShouldBe(0, result.Output);
        (File.Exists(user.At("times.txt")) ? File.ReadAllText(user.At("times.txt")) : "").ShouldBe(new string('x', times), result.Output);
        var printed = Directory.Exists(user.At(".arv/runs")) ? Directory.EnumerateFiles(user.At(".arv/runs"), "stdout*", SearchOption.AllDirectories).Select(File.ReadAllText).ToList() : [];
        printed.Count.ShouldBe(times);
        printed.ShouldAllBe(static text => text.Contains("arv stands aside: inside run ", StringComparison.Ordinal));
    }
}
