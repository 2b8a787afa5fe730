using GitIntent.Arv.Packages.Tests.Support;

namespace GitIntent.Arv.Packages.Tests.Action;

/// <summary>The action where something is missing, or where the repository would have a say in what is installed.</summary>
[Collection(Packed.Name)]
[Trait("Category", "Packages")]
public sealed class ActionSurroundings(Feed feed)
{
    [UnixFact]
    public async Task Without_dotnet_it_says_what_to_add()
    {
        using var user = Repository();

        var run = await Workflow.OfTag(user).Environment("PATH", Tools(user)).RunAsync();

        run.Succeeded.ShouldBeFalse();
        run.Outputs["exit-code"].ShouldBe("41");
        var error = run.Commands.Single();
        (error.Name, error.Properties).ShouldBe(("error", "title=arv"));
        error.Message.ShouldBe("""
            There is no .NET on this runner, and arv needs the SDK of .NET 10 or later. Add before this step:

            - uses: actions/setup-dotnet@v5
              with:
                dotnet-version: 10.0.x
            """);
    }

    [UnixTheory]
    [InlineData(false, "dotnet-version: 10.0.x")]
    [InlineData(true, "global-json-file: global.json")]
    public async Task Without_an_SDK_too(bool inCheckout, string line)
    {
        using var user = Repository();
        var workflow = inCheckout ? Workflow.OfCheckout(user) : Workflow.OfTag(user);

        var run = await workflow.Environment("PATH", $"{RuntimeOnly(user)}:{Tools(user)}").RunAsync();

        run.Outputs["exit-code"].ShouldBe("41", run.Log);
        run.Commands.Single().Message.ShouldStartWith("The SDK that is wanted is not on this runner: arv needs the SDK of .NET 10 or later. Add before this step:\n");
        run.Commands.Single().Message.ShouldEndWith(line);
    }

    [UnixFact]
    public async Task Neither_the_nuget_config_nor_the_global_json_of_the_repository_counts()
    {
        using var user = Repository();
        user.Write("global.json", """{ "sdk": { "version": "99.0.100", "rollForward": "disable" } }""");
        user.Write("nuget.config", """<configuration><packageSources><clear /><add key="mine" value="./packages" /></packageSources></configuration>""");

        var run = await Workflow.OfTag(user).RunAsync();

        run.Outputs["verdict"].ShouldBe("passed", run.Log);
    }

    [UnixFact]
    public async Task A_version_that_is_not_there_is_said_and_nothing_is_judged()
    {
        using var user = Repository();

        var run = await Workflow.OfTag(user).With("version", "99.0.0").RunAsync();

        run.Outputs["exit-code"].ShouldBe("41");
        run.Outputs["verdict"].ShouldBe("");
        run.Commands.Single().Message.ShouldBe("Version 99.0.0 of the tool could not be installed; the log of this step says why.");
    }

    [UnixTheory]
    [InlineData("1.0.0\"; touch pwned; \"")]
    [InlineData("../../elsewhere")]
    [InlineData("1.0.0\n::error::x")]
    [InlineData("[0.1.0,)")]
    [InlineData("latest")]
    public async Task What_is_no_version_is_refused(string version)
    {
        using var user = Repository();

        var run = await Workflow.OfTag(user).With("version", version).RunAsync();

        run.Outputs["exit-code"].ShouldBe("20");
        run.Commands.Single().Message.ShouldBe($"version: expected a version such as 1.2.3, found \"{version}\"");
        File.Exists(user.At("pwned")).ShouldBeFalse();
    }

    [UnixFact]
    public async Task A_command_of_the_repository_finds_no_token_no_input_and_no_file_of_the_runner()
    {
        using var user = Repository().Write("arv.yml", "version: 1\ngates:\n  tests:\n    checks:\n      env: { exec: { run: [sh, -c, 'env; exit 1'] } }\n");

        var run = await Workflow.OfTag(user).Environment("GITHUB_TOKEN", "another-token").Environment("ACTIONS_RUNTIME_TOKEN", "a-token-of-the-runner").RunAsync();

        run.Outputs["verdict"].ShouldBe("failed", run.Log);
        var names = (await File.ReadAllLinesAsync(Directory.GetFiles(user.At(".arv/runs"), "stdout.txt", SearchOption.AllDirectories).Single())).Select(static l => l.Split('=')[0]).ToList();
        names.ShouldContain("GITHUB_WORKSPACE");
        names.ShouldNotContain("ARV_MATRIX");
        names.ShouldAllBe(static n => !n.Contains("TOKEN") && !n.StartsWith("ARV_INPUT"));
        names.ShouldNotContain("GITHUB_ENV");
        names.ShouldNotContain("GITHUB_OUTPUT");
    }

    [Fact]
    public void It_uses_no_other_action_and_hands_inputs_over_by_variables_alone()
    {
        var action = new ActionFile(Path.Combine(Feed.Root, "action.yml"));

        action.Using.ShouldBe("composite");
        action.Inputs.Keys.ShouldBe(["args", "config", "only", "skip", "reports", "github", "version", "token"]);
        action.Outputs.Keys.ShouldBe(["verdict", "exit-code", "report", "errors", "warnings"]);
        action.RawSteps.ShouldAllBe(static s => !s.Children.ContainsKey("uses"));
        action.Steps.ShouldAllBe(static s => s.Shell == "bash" && !s.Run.Contains("${{"));
    }

    private Sandbox Repository() => feed.Empty().Write("arv.yml", Templates.Gates).Write("a.cs", "// allowed words\n");

    /// <summary>What the scripts use, and nothing else of this machine.</summary>
    private static string Tools(Sandbox user)
    {
        var tools = Directory.CreateDirectory(Path.GetFullPath(user.At("../tools"))).FullName;
        foreach (var tool in new[] { "bash", "sh", "sed", "grep", "dirname", "mktemp", "mkdir" })
        {
            var found = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, tool)).First(File.Exists);
            File.CreateSymbolicLink(Path.Combine(tools, tool), found);
        }

        return tools;
    }

    /// <summary>A real .NET that can run programs, and has no SDK.</summary>
    private static string RuntimeOnly(Sandbox user)
    {
        var whole = Path.GetDirectoryName(new FileInfo(typeof(object).Assembly.Location).Directory!.Parent!.Parent!.FullName)!;
        var folder = Directory.CreateDirectory(Path.GetFullPath(user.At("../runtime"))).FullName;
        File.Copy(Path.Combine(whole, "dotnet"), Path.Combine(folder, "dotnet"));
        foreach (var part in new[] { "host", "shared" })
            Directory.CreateSymbolicLink(Path.Combine(folder, part), Path.Combine(whole, part));
        return folder;
    }
}
