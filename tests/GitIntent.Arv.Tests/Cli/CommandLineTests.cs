using System.Text.Json;
using GitIntent.Arv.Cli;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Cli;

public sealed class CommandLineTests
{
    private const string Config = """
        version: 1
        gates:
          words:
            checks:
              bad:
                include: ["*.txt"]
                text:
                  ABC001: { forbid: bad, message: A bad word, remedy: Say it better. }
          readme:
            checks:
              there: { files: { require: [README.md] } }
        """;

    [Theory]
    [InlineData("expected a command")]
    [InlineData("error: unknown command \"run-al\"; did you mean \"run-all\"? expected one of run-all, run, reliability, annotate, list,", "run-al")]
    [InlineData("error: unknown command \"chek\"; did you mean \"check\"? expected one of check, show, schema\nSee dotnet arv config --help", "config", "chek")]
    [InlineData("error: expected a command: one of check, show, schema\n", "config")]
    [InlineData("error: unknown option \"--jsn\"; did you mean \"--json\"? expected one of", "run-all", "--jsn", "x")]
    [InlineData("error: unknown argument \"b\"; expected no more of them", "run-all", "a", "b")]
    [InlineData("error: --json: expected FILE, found nothing\n", "run-all", "--json")]
    [InlineData("error: --json: expected it once, found it 2 times\n", "run-all", "--json", "a", "--json", "b")]
    [InlineData("error: expected GATE, found nothing\n", "run")]
    [InlineData("error: expected ID, found nothing\n", "explain")]
    [InlineData("error: --only: expected ids of gates, such as a,b, found \",\"\n", "run-all", "--only", ",")]
    [InlineData("error: --skip: expected ids of gates, such as a,b, found \"\"\n", "run-all", "--skip", "")]
    [InlineData("See dotnet arv config check --help\n", "config", "check", "x")]
    [InlineData("--jobs: expected a whole number from 1 to 1024, found \"0\"", "run-all", "--jobs", "0")]
    [InlineData("--timeout: expected a time such as", "run-all", "--timeout", "soon")]
    [InlineData("there is no gate \"word\"; did you mean \"words\"? expected one of words, readme", "run-all", "--only", "word")]
    [InlineData("there is no gate \"x\"", "run", "x")]
    [InlineData("--json and --markdown cannot both write to standard output", "run-all", "--json", "-", "--markdown", "-")]
    [InlineData("--json and --markdown cannot both write to \"x/../r\"; give each its own file", "run-all", "--json", "x/../r", "--markdown", "r")]
    [InlineData("--config: expected FILE, found nothing", "run-all", "--config", "")]
    public async Task A_command_line_that_is_wrong_exits_20_and_says_what_is_allowed(string says, params string[] args)
    {
        using var repository = Repository("good\n");
        (await Tool.RunAsync(repository.Path, args)).ShouldSay(20, says);
    }

    [Fact]
    public async Task What_was_named_and_is_not_there_exits_21()
    {
        using var repository = Repository("good\n");
        (await Tool.RunAsync(repository.Path, "run-all", "nowhere")).ShouldSay(21, "\"nowhere\" is no folder");
        (await Tool.RunAsync(repository.Path, "run-all", "--config", "nowhere.yml")).ShouldSay(21, "there is no file \"nowhere.yml\"");
        (await Tool.RunAsync(repository.Path, "explain", "ABC002")).ShouldSay(21, "did you mean \"ABC001\"?");
    }

    [Fact]
    public async Task A_current_folder_that_is_gone_exits_21_where_it_is_needed()
    {
        (await Tool.RunAsync(null!, "run-all")).ShouldSay(21, "error: the current folder is gone");
        (await Tool.RunAsync(null!, "--version")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task The_exit_code_is_the_verdict()
    {
        using var repository = Repository("good\n");
        (await Tool.RunAsync(repository.Path, "run-all")).ShouldSay(0, "passed: ");

        repository.Write("a.txt", "so bad\n");
        (await Tool.RunAsync(repository.Path, "run-all")).ShouldSay(1, "a.txt:1:4: error ABC001: A bad word\n    remedy: Say it better.");

        File.Delete(repository.At("a.txt"));
        (await Tool.RunAsync(repository.Path, "run-all")).ShouldSay(3, "nothing matches *.txt");
    }

    [Fact]
    public async Task Json_on_standard_output_is_all_there_is_on_it()
    {
        using var repository = Repository("so bad\n");
        var result = await Tool.RunAsync(repository.Path, "run-all", "--json", "-");

        using var json = JsonDocument.Parse(result.Out);
        json.RootElement.GetProperty("exitCode").GetInt32().ShouldBe(1);
        result.Error.ShouldContain("a.txt:1:4");
        result.ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_turns_0_into_41_and_changes_nothing_else()
    {
        using var repository = Repository("good\n");
        repository.Write("folder/x", "");
        (await Tool.RunAsync(repository.Path, "run-all", "--json", "folder", "--markdown", "out.md")).ShouldSay(41, "cannot write the json report");
        File.ReadAllText(repository.At("out.md")).ShouldContain("words");

        repository.Write("a.txt", "so bad\n");
        (await Tool.RunAsync(repository.Path, "run-all", "--json", "folder")).ShouldSay(1, "cannot write the json report");
    }

    [Fact]
    public async Task The_root_is_the_nearest_folder_upward_with_a_configuration()
    {
        using var repository = Repository("so bad\n");
        repository.Write("deep/er/x.md", "");
        (await Tool.RunAsync(repository.At("deep/er"), "run-all")).ShouldSay(1, "a.txt:1:4");
    }

    [Fact]
    public async Task A_configuration_under_a_name_that_nobody_reads_is_an_error_and_not_passed_over()
    {
        using var repository = new TempFolder();
        repository.Write("arv.yaml", Config);
        (await Tool.RunAsync(repository.Path, "run-all")).ShouldSay(20, "arv.yaml:1:1: error: the configuration's name is arv.yml");
    }

    [Fact]
    public async Task Only_and_skip_say_what_was_not_asked_for()
    {
        using var repository = Repository("so bad\n");
        (await Tool.RunAsync(repository.Path, "run-all", "--skip", "words")).ShouldSay(0, "left out by --skip");
        (await Tool.RunAsync(repository.Path, "run", "readme")).ShouldSay(0, "not asked for");
        (await Tool.RunAsync(repository.Path, "run-all", "--skip", "words,readme")).ShouldSay(3, "nothing was judged");
    }

    [Fact]
    public async Task The_report_is_the_same_bytes_wherever_and_however_it_is_made()
    {
        using var one = Repository("so bad\nbad bad\n");
        using var other = Repository("so bad\nbad bad\n");
        other.Write("sub/x.md", "");
        File.Delete(other.At("sub/x.md"));

        var first = await Tool.RunAsync(one.Path, "run-all", "--jobs", "1", "--json", "-");
        var second = await Tool.RunAsync(other.At("sub"), "run-all", "--jobs", "8", "--json", "-");

        Stable(second.Out).ShouldBe(Stable(first.Out));

        static string Stable(string json) => System.Text.RegularExpressions.Regex.Replace(json, "\"(startedAt\": \"[^\"]*\"|durationMs\": [0-9]+)", "\"\"");
    }

    [Fact]
    public async Task In_a_workflow_no_line_is_a_command()
    {
        using var repository = Repository("so bad\n");
        repository.Write("arv.yml", Config.Replace("A bad word", "'::error::x ##[error]y'", StringComparison.Ordinal));
        static CliContext Actions(CliContext context) => context with { Environment = new Dictionary<string, string> { ["GITHUB_ACTIONS"] = "true" } };
        foreach (var args in new[] { new[] { "run-all", "--github", "off" }, ["explain", "ABC001"], ["plan"], ["run-all", "--only", "::error::"], ["run-all", "::error::x"] })
        {
            var result = await Tool.RunAsync(repository.Path, Actions, args);
            var lines = (result.Out + result.Error).Split('\n');
            lines.ShouldAllBe(line => !line.TrimStart().StartsWith("::", StringComparison.Ordinal) && !line.Contains("##[", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("list", "words", "ABC001")]
    [InlineData("plan", "sha256:", "forbid", "*.txt")]
    [InlineData("explain ABC001", "A bad word", "Say it better.", "words/bad")]
    [InlineData("explain words", "words/bad", "ABC001")]
    [InlineData("explain readme/there", "ARV1001")]
    [InlineData("explain ARV2001", "a document is not as its schema says")]
    [InlineData("config check", "arv.yml: good: 2 gates, 2 checks")]
    [InlineData("config show", "ABC001:", "# arv.yml:8")]
    [InlineData("config schema", "https://json-schema.org/draft/2020-12/schema", "for_each")]
    [InlineData("--help", "run-all", "explain")]
    [InlineData("run-all --help", "--strict", "nearest folder upward")]
    [InlineData("--version", "0.1.0")]
    public async Task A_command_says(string command, params string[] texts)
    {
        using var repository = Repository("good\n");
        var result = await Tool.RunAsync(repository.Path, command.Split(' '));
        result.Error.ShouldBe("");
        texts.ShouldAllBe(text => result.Out.Contains(text), result.Out);
        result.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task What_config_show_prints_reads_back_as_the_same_plan()
    {
        using var repository = new TempFolder();
        repository.Write("arv.yml", "version: 1\nextends: [gwi, default]\n");
        var shown = await Tool.RunAsync(repository.Path, "config", "show");
        var plan = await Tool.RunAsync(repository.Path, "plan");
        repository.Write("arv.yml", shown.Out.Replace("extends:", "#", StringComparison.Ordinal).Replace("  - gwi\n  - default\n", "", StringComparison.Ordinal));
        var again = await Tool.RunAsync(repository.Path, "plan");

        again.Error.ShouldBe("");
        again.Out.Split('\n')[3..].ShouldBe(plan.Out.Split('\n')[3..]);
    }

    private static TempFolder Repository(string text)
    {
        var folder = new TempFolder();
        folder.Write("arv.yml", Config);
        folder.Write("README.md", "# x\n");
        folder.Write("a.txt", text);
        return folder;
    }
}
