using System.Text.Json;
using GitIntent.Arv.Packages.Tests.Support;

namespace GitIntent.Arv.Packages.Tests.Action;

/// <summary>The steps of <c>action.yml</c>, run as a runner would, with the tool from a feed or from its sources.</summary>
[Collection(Packed.Name)]
[Trait("Category", "Packages")]
public sealed class ActionRuns(Feed feed)
{
    private const string Green = "// allowed words\n";
    private const string Red = "// forbidden words, later\n";

    [UnixFact]
    public async Task A_tag_installs_its_own_version_and_a_green_repository_is_green()
    {
        using var user = Repository(Green);
        var workflow = Workflow.OfTag(user);

        var run = await workflow.RunAsync();

        run.Succeeded.ShouldBeTrue(run.Log);
        run.Outputs.ShouldBe(Outputs("passed", 0, 0, 0, run), ignoreOrder: true);
        run.Log.ShouldContain("github summary: published: the whole report");
        run.Log.ShouldContain("github check: denied: ");
        run.Summary.ShouldStartWith("# ✅ arv: passed");
        run.Commands.ShouldBeEmpty();
        File.Exists(Path.Combine(workflow.Temp, "arv", Feed.Version, "dotnet-arv")).ShouldBeTrue();
        var again = await workflow.RunAsync();
        again.Succeeded.ShouldBeTrue(again.Log);
    }

    [UnixFact]
    public async Task A_red_repository_fails_the_step_with_findings_at_their_lines()
    {
        using var user = Repository(Red);

        var run = await Workflow.OfTag(user).RunAsync();

        run.Succeeded.ShouldBeFalse();
        run.Steps[0].Result.ExitCode.ShouldBe(1, run.Log);
        run.Outputs.ShouldBe(Outputs("failed", 1, 1, 1, run), ignoreOrder: true);
        run.Commands.Select(static c => (c.Name, c.Properties)).ShouldBe(
            [("error", "file=a.cs,line=1,endLine=1,col=4,endColumn=19,title=WRD001"), ("warning", "file=a.cs,line=1,endLine=1,col=21,endColumn=26,title=WRD002")]);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(run.Outputs["report"]));
        report.RootElement.GetProperty("verdict").GetString().ShouldBe("failed");
    }

    [UnixFact]
    public async Task A_repository_that_cannot_be_judged_is_refused()
    {
        using var user = Repository(Green);
        File.Delete(user.At("a.cs"));

        var run = await Workflow.OfTag(user).RunAsync();

        run.Succeeded.ShouldBeFalse();
        run.Outputs.ShouldBe(Outputs("refused", 3, 0, 0, run), ignoreOrder: true);
        run.Commands.Single().Message.ShouldStartWith("Could not judge:\nwords: nothing matches");
    }

    [UnixFact]
    public async Task In_the_checkout_it_is_published_from_its_sources()
    {
        using var user = Repository(Red);
        user.Write("arv.yml", "exclude: [action]\n" + Templates.Gates);
        var workflow = Workflow.OfCheckout(user);

        var run = await workflow.RunAsync();

        run.Outputs.ShouldBe(Outputs("failed", 1, 1, 1, run), ignoreOrder: true);
        File.Exists(Path.Combine(workflow.Temp, "arv/source/dotnet-arv.dll")).ShouldBeTrue();
        Directory.Exists(Path.Combine(workflow.Temp, "arv", Feed.Version)).ShouldBeFalse();

        var installed = await workflow.With("version", Feed.Version).RunAsync();

        installed.Outputs["verdict"].ShouldBe("failed", installed.Log);
        Directory.Exists(Path.Combine(workflow.Temp, "arv", Feed.Version)).ShouldBeTrue();
    }

    [UnixFact]
    public async Task Every_input_reaches_the_tool()
    {
        using var user = Repository(Green);
        user.Write("other.yml", Templates.Gates.Replace("allowed words]", "allowed words]\n          WRD009: { forbid: allowed, message: m, severity: warning }", StringComparison.Ordinal)
            + "  extra:\n    checks:\n      there: { files: { require: [nothing] } }\n  more:\n    checks:\n      there: { files: { require: [a.cs] } }\n");

        var run = await Workflow.OfTag(user).With("config", "other.yml").With("only", "words,\nextra").With("skip", "extra").With("reports", "out/reports")
            .With("github", "summary").With("args", "--strict\n\n--jobs\n1\n").RunAsync();

        run.Outputs["verdict"].ShouldBe("failed", run.Log); // a warning, by --strict
        run.Outputs["report"].ShouldBe(user.At("out/reports/arv.json"));
        run.Log.ShouldContain("skipped  extra");
        run.Log.ShouldContain("skipped  more");
        run.Commands.ShouldBeEmpty(); // commands were not asked for
        run.Summary.ShouldContain("WRD009");
        Directory.GetFiles(user.At("out/reports")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["arv.json", "arv.junit.xml", "arv.md", "arv.sarif"]);
    }

    /// <summary>Each is a name that a shell would take apart, run, or expand, if it ever saw it as anything but a value.</summary>
    [UnixTheory]
    [InlineData("a b  c")]
    [InlineData("quote\" and '")]
    [InlineData("$(touch pwned)`touch pwned`${HOME}")]
    [InlineData("; touch pwned #")]
    [InlineData("* ? [a] ~ {a,b} !! & | > x")]
    [InlineData("-n")]
    [InlineData("%0A::error::x")]
    public async Task An_input_is_text_whatever_is_in_it(string name)
    {
        using var user = Repository(Red);
        user.Write($"{name}.yml", Templates.Gates).Write($"{name}/a.cs", Red).Write($"{name}/arv.yml", Templates.Gates);

        var config = await Workflow.OfTag(user).With("config", $"{name}.yml").With("reports", $"{name}-out").RunAsync();
        var args = await Workflow.OfTag(user).With("args", name.StartsWith('-') ? $"./{name}" : name).RunAsync();

        config.Outputs.ShouldBe(Outputs("failed", 1, 2, 2, config), ignoreOrder: true);
        config.Outputs["report"].ShouldBe(user.At($"{name}-out/arv.json"));
        args.Outputs["verdict"].ShouldBe("failed", args.Log);
        Directory.GetFiles(user.Folder, "pwned", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [UnixTheory]
    [InlineData("only", "words $(touch pwned)", "there is no gate \"words $(touch pwned)\"")]
    [InlineData("skip", "a\n::error::b", "there is no gate \"::error::b\"")]
    [InlineData("github", "auto\"; touch pwned", "--github: expected off, auto")]
    [InlineData("args", "--strict; touch pwned", "--strict; touch pwned")]
    public async Task A_wrong_input_is_a_usage_error_and_nothing_else(string input, string value, string message)
    {
        using var user = Repository(Green);

        var run = await Workflow.OfTag(user).With(input, value).RunAsync();

        run.Succeeded.ShouldBeFalse();
        run.Log.ShouldContain(message);
        run.Outputs["exit-code"].ShouldBe("20");
        run.Outputs["verdict"].ShouldBe("");
        run.Commands.ShouldBeEmpty();
        File.Exists(user.At("pwned")).ShouldBeFalse();
    }

    private Sandbox Repository(string text) => feed.Empty().Write("arv.yml", Templates.Gates).Write("a.cs", text);

    private static Dictionary<string, string> Outputs(string verdict, int exitCode, int errors, int warnings, ActionRun run) => new()
    {
        ["verdict"] = verdict,
        ["exit-code"] = $"{exitCode}",
        ["errors"] = $"{errors}",
        ["warnings"] = $"{warnings}",
        ["report"] = run.Outputs["report"],
    };
}
