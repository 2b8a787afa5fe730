using System.Text.RegularExpressions;
using GitIntent.Arv.Packages.Tests.Support;

namespace GitIntent.Arv.Packages.Tests;

/// <summary>A build says what the command says of the same tree.</summary>
[Collection(Packed.Name)]
[Trait("Category", "Packages")]
public sealed partial class VerdictsEqualTheCommands(Feed feed)
{
    private const string Commands = """
          commands:
            title: Commands
            checks:
              runs: { exec: { run: [dotnet, --version] } }
              fails: { exec: { run: [dotnet, exec, none.dll] } }

        """;

    [Theory]
    [InlineData("build", "--no-exec", false)]
    [InlineData("build", "--no-exec", true)]
    [InlineData("build -t:Arv", "", false)]
    [InlineData("build -t:Arv", "", true)]
    public async Task The_report_is_the_same_but_for_times(string build, string option, bool git)
    {
        using var user = await feed.OneAsync();
        user.Write("arv.yml", Templates.Gates + Commands).Write("App/Wrong.cs", "// forbidden words, later\n").Write("App/näyttö 日本.cs", "// later\n");
        if (git)
        {
            foreach (var command in new[] { "init -q", "add -A" })
                (await DotNet.RunAsync(user.Start(["git", .. command.Split(' ')]))).ExitCode.ShouldBe(0);
        }

        var built = await user.DotNetAsync($"{build} -p:ArvReportDirectory=artifacts/arv");
        var ran = await new Installed(feed).RunAsync(user, ["run-all", "--json", "artifacts/command.json", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        built.ExitCode.ShouldBe(1);
        ran.ExitCode.ShouldBe(1);
        Stable(user.At("artifacts/arv/arv.json")).ShouldBe(Stable(user.At("artifacts/command.json")));
        File.Exists(user.At("artifacts/arv/arv.md")).ShouldBeTrue();
        built.Said("WRD001").Count.ShouldBe(1);
        built.Said("WRD002").Count.ShouldBe(2);
        built.Said("ARV3001").Count.ShouldBe(option.Length == 0 ? 1 : 0, built.Output);
    }

    [Theory]
    [InlineData("run --project App")]
    [InlineData("build")]
    public async Task Without_a_configuration_too(string build)
    {
        using var user = await feed.OneAsync();
        File.Delete(user.At("arv.yml"));

        var built = await user.DotNetAsync(build);
        var ran = await new Installed(feed).RunAsync(user, "run-all", "--no-exec");

        (built.ExitCode, ran.ExitCode).ShouldBe((0, 0), built.Output + ran.Output);
    }

    private static string Stable(string path) => Varying().Replace(Details().Replace(File.ReadAllText(path), "\"details\": {}"), "\"$1\": 0");

    [GeneratedRegex("\"(runId|startedAt|durationMs)\": (\"[^\"]*\"|[0-9]+)")]
    private static partial Regex Varying();

    /// <summary>Of commands: what they printed, and where.</summary>
    [GeneratedRegex("\"details\": \\{.*?\n\\s*\\}(?=,?\n)", RegexOptions.Singleline)]
    private static partial Regex Details();
}
