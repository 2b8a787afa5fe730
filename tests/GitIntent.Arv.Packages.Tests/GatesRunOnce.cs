using GitIntent.Arv.Packages.Tests.Support;

namespace GitIntent.Arv.Packages.Tests;

/// <summary>However a build is asked for, the gates run once in it. The operating system counts.</summary>
[Collection(Packed.Name)]
[Trait("Category", "Packages")]
public sealed class GatesRunOnce(Feed feed)
{
    [TracedTheory]
    [InlineData("build --no-restore")]
    [InlineData("build --no-restore -t:Rebuild")]
    [InlineData("build --no-restore -m:8")]
    [InlineData("build -p:Odd=1")]
    [InlineData("build --no-restore -mt")]
    [InlineData("build --no-restore -graph")]
    [InlineData("build --no-restore -graph -isolate")]
    [InlineData("build --no-restore B -f net9.0")]
    [InlineData("pack --no-restore -o packed")]
    [InlineData("publish --no-restore B -f net10.0 -o published")]
    [InlineData("build --no-restore -t:Arv")]
    public async Task Over_two_projects_of_two_frameworks_and_a_reference_with_a_property_of_its_own(string command)
    {
        using var user = await feed.InFrameworksAsync();

        var (result, started) = await user.TracedAsync(command);

        result.ExitCode.ShouldBe(0, result.Output);
        Sandbox.RunsOfGates(started).ShouldBe(1, result.Output);
        result.Said("WRD002").ShouldHaveSingleItem().ShouldContain("Later.cs(1,4): warning WRD002");
    }

    [TracedTheory]
    [InlineData("build --no-restore")]
    [InlineData("build --no-restore -graph -m:4")]
    public async Task Over_twelve_projects(string command)
    {
        using var user = await feed.InTwelveAsync();

        var (result, started) = await user.TracedAsync(command);

        result.ExitCode.ShouldBe(0, result.Output);
        Sandbox.RunsOfGates(started).ShouldBe(1, result.Output);
    }

    [TracedTheory]
    [InlineData("run --no-restore --project App", 1)]
    [InlineData("clean", 0)]
    [InlineData("restore", 0)]
    [InlineData("format --no-restore --verify-no-changes", 0)]
    [InlineData("build --no-restore -t:Compile -p:DesignTimeBuild=true -p:SkipCompilerExecution=true -p:ProvideCommandLineArgs=true", 0)]
    [InlineData("build --no-restore -p:ArvEnabled=false", 0)]
    [InlineData("msbuild -t:Arv -p:ArvEnabled=false", 0)]
    public async Task Of_a_program_and_not_where_nothing_is_to_be_judged(string command, int runs)
    {
        using var user = await feed.InOneAsync();

        var (result, started) = await user.TracedAsync(command);

        result.ExitCode.ShouldBe(0, result.Output);
        started.Count(static l => l.Contains("dotnet-arv", StringComparison.Ordinal)).ShouldBe(runs, result.Output);
    }

    [TracedTheory]
    [InlineData("test --no-restore", 1)]
    [InlineData("test --no-restore -m:8", 1)]
    [InlineData("test --no-build", 0)]
    public async Task Over_a_program_and_two_test_projects_that_are_tested(string command, int runs)
    {
        using var user = await feed.OneAsync();
        Templates.AddTests(user, "Checks", "Xunit.Assert.True(true)");
        Templates.AddTests(user, "More", "Xunit.Assert.True(true)");
        (await user.DotNetAsync("sln add Checks More")).ExitCode.ShouldBe(0);
        var built = await user.DotNetAsync("build");
        built.ExitCode.ShouldBe(0, built.Output);

        var (result, started) = await user.TracedAsync(command);

        result.ExitCode.ShouldBe(0, result.Output);
        started.Count(static l => l.Contains("testhost", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(2, result.Output);
        Sandbox.RunsOfGates(started).ShouldBe(runs, result.Output);
    }
}
