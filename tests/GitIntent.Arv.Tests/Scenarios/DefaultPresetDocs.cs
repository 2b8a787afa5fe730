using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Scenarios;

/// <summary>The page about the presets says what the preset <c>default</c> does.</summary>
public sealed class DefaultPresetDocs
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Golden.SourceFolder(), "../../../docs/presets.md"));

    private static readonly DocMap Gates = (DocMap)((DocMap)DocumentReader.Read("default.yml", Presets.Find("default")!, DocumentFormat.Yaml, DocumentLimits.Default))["gates"]!;

    [Fact]
    public void Every_gate_is_in_the_table() =>
        Gates.Entries.Where(static gate => !Page.Contains($"\n| `{gate.Key}` |", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Every_command_is_on_the_line_of_its_check()
    {
        var commands = Checks("contract-tests").Where(static check => check.Value["exec"] is DocMap).ToList();
        commands.Select(static check => check.Key).ShouldBe(["dotnet", "vitest", "node", "python", "go", "rust"]);
        foreach (var (id, check) in commands)
        {
            var run = (DocList)((DocMap)check["exec"]!)["run"]!;
            var command = string.Join(' ', run.Items.Cast<DocScalar>().Select(static word => word.Text == "contracts" ? "NAME" : word.Text));
            Line(id).ShouldContain($"| `{command}`");
        }
    }

    [Fact]
    public void Every_pattern_that_a_convention_asks_for_is_on_the_line_of_its_check()
    {
        Line("python").ShouldContain("test_*.py");
        foreach (var (id, check) in Checks("contract-tests").Where(static check => check.Value["exec"] is DocMap && check.Value["for_each"] is DocMap))
        {
            var path = ((DocScalar)((DocMap)check["for_each"]!)["path"]!).Text;
            Line(id).ShouldContain(path.Replace("*.ContractTests/", "*.NAME/", StringComparison.Ordinal).Replace("contracts", "NAME", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_rule_and_every_check_of_the_connectors_is_on_the_page()
    {
        var rules = new[] { "contract-tests", "golden-tests", "smoke-tests" }.SelectMany(Checks)
            .SelectMany(static check => (check.Value["text"] as DocMap)?.Entries.Select(static rule => rule.Key) ?? []).ToList();
        rules.ShouldBe(["TST101", "TST102", "TST201", "TST202", "TST301", "TST302"]);
        rules.Concat(Checks("connector-supply-chain").Select(static check => $"`{check.Key}`"))
            .Where(static word => !Page.Contains(word, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("golden-tests", "goldens", "GoldenTests", "TST2")]
    [InlineData("smoke-tests", "smoke", "SmokeTests", "TST3")]
    public void The_other_gates_have_the_conventions_of_contract_tests(string gate, string folder, string project, string rules)
    {
        var title = ((DocScalar)((DocMap)Gates[gate]!)["title"]!).Text.Split(' ')[0];
        Text(Checks(gate)).Replace(", unchanged: true", "", StringComparison.Ordinal).ShouldBe(Text(Checks("contract-tests"))
            .Replace("ContractTests", project, StringComparison.Ordinal).Replace("contracts", folder, StringComparison.Ordinal)
            .Replace("Contract", title, StringComparison.Ordinal).Replace("contract", title.ToLowerInvariant(), StringComparison.Ordinal).Replace("TST1", rules, StringComparison.Ordinal));
    }

    private static string Line(string check) => Page.Split('\n').Single(line => line.StartsWith($"| `{check}` |", StringComparison.Ordinal));

    private static IEnumerable<(string Key, DocMap Value)> Checks(string gate) =>
        ((DocMap)((DocMap)Gates[gate]!)["checks"]!).Entries.Select(static entry => (entry.Key, (DocMap)entry.Value));

    private static string Text(IEnumerable<(string Key, DocMap Value)> checks) => string.Join('\n', checks.Select(static check => $"{check.Key}: {Text(check.Value)}"));

    private static string Text(DocNode node) => node switch
    {
        DocMap map => $"{{ {string.Join(", ", map.Entries.Select(static entry => $"{entry.Key}: {Text(entry.Value)}"))} }}",
        DocList list => $"[{string.Join(", ", list.Items.Select(Text))}]",
        _ => ((DocScalar)node).Text,
    };
}
