using System.Text.RegularExpressions;
using GitIntent.Arv.Config;
using GitIntent.Arv.Planning;
using GitIntent.Arv.Tests.Architecture;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Scenarios;

/// <summary>What the pages show is what the tool does.</summary>
public sealed partial class DocsTellTheTruth
{
    [Theory]
    [InlineData("default", 17)]
    [InlineData("gwi", 8)]
    public void The_page_of_forbidden_patterns_has_every_rule_of_the_preset_and_no_other(string preset, int count)
    {
        var section = Regex.Match(Page("gates/forbidden-patterns.md"), $"\n## Preset `{preset}`\n(?<text>.*?)\n## ", RegexOptions.Singleline).Groups["text"].Value;
        var errors = new ConfigErrors();
        var files = new ConfigFiles(static _ => null);
        var document = new ConfigLoader(files, errors).Load("arv.yml", System.Text.Encoding.UTF8.GetBytes($"version: 1\nextends: [{preset}]\n"))!;
        var rules = new PlanReader(files, errors).Read(document)!.Gate("forbidden-patterns")!.Checks.SelectMany(static c => c.Check.Rules.Select(r =>
            $"| `{r.Id}` | `{c.Id}` | {r.Severity.ToString().ToLowerInvariant()} | {r.Message} | {r.Remedy} |")).ToList();

        rules.Count.ShouldBe(count);
        section.Split('\n').Where(static l => l.StartsWith("| `", StringComparison.Ordinal)).ShouldBe(rules);
    }

    [Fact]
    public async Task The_configuration_of_the_gates_page_is_good()
    {
        using var folder = new TempFolder();
        folder.Write("arv.yml", Yaml(Page("gates/forbidden-patterns.md")));
        (await Tool.RunAsync(folder.Path, "config", "check")).ShouldSay(0, "arv.yml: good");
    }

    /// <summary>The page's commands are run in their order, by the tool and by the two lines of a shell that it has.</summary>
    [Fact]
    public async Task Getting_started_shows_real_runs()
    {
        using var folder = new TempFolder();
        var page = Page("getting-started.md");
        folder.Write("notes.txt", "notes\n");
        var shown = 0;
        foreach (Match block in Terminal().Matches(page))
        {
            foreach (Match step in Step().Matches(block.Groups["text"].Value))
            {
                var command = step.Groups["command"].Value;
                if (Echo().Match(command) is { Success: true } echo)
                {
                    folder.Write("arv.yml", Yaml(page));
                    File.Delete(folder.At("notes.txt"));
                    folder.Write(echo.Groups["file"].Value, echo.Groups["text"].Value + "\n");
                    continue;
                }
                var result = await Tool.RunAsync(folder.Path, command["dotnet arv ".Length..].Split(' '));
                result.Out.TrimEnd().ShouldBe(step.Groups["output"].Value.TrimEnd(), result.Error);
                shown++;
            }
        }
        shown.ShouldBe(3);
    }

    private static string Page(string name) => File.ReadAllText(Path.Combine(SourceTree.Root(), "docs", name));

    private static string Yaml(string page) => Regex.Match(page, "```yaml\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    [GeneratedRegex(@"```\n(?<text>\$ .*?)```", RegexOptions.Singleline)]
    private static partial Regex Terminal();

    [GeneratedRegex(@"^\$ (?<command>[^\n]+)\n(?<output>(?:(?!\$ )[^\n]*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Step();

    [GeneratedRegex(@"^echo ""(?<text>[^""]*)"" > (?<file>\S+)$")]
    private static partial Regex Echo();
}
