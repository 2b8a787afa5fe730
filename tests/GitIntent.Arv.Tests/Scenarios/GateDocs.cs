using System.Text.RegularExpressions;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Scenarios;

/// <summary>The pages about the gates say what is so.</summary>
public sealed partial class GateDocs
{
    [Theory]
    [InlineData("contract-tests", 1)]
    [InlineData("smoke-tests", 1)]
    [InlineData("connector-supply-chain", 2)]
    public async Task Every_example_is_good_configuration(string gate, int examples)
    {
        var blocks = Yaml().Matches(Page(gate)).Select(static m => m.Groups[1].Value).ToList();
        blocks.Count.ShouldBe(examples);
        foreach (var block in blocks)
        {
            using var tree = new TempFolder().Write("arv.yml", block);
            (await Tool.RunAsync(tree.Path, "config", "check")).ExitCode.ShouldBe(0);
        }
    }

    [Theory]
    [InlineData("contract-tests")]
    [InlineData("golden-tests")]
    [InlineData("smoke-tests")]
    [InlineData("connector-supply-chain")]
    public async Task Every_check_of_a_gate_is_on_its_page(string gate)
    {
        using var tree = new TempFolder().Write("arv.yml", "version: 1\nextends: [gwi]\n");
        var list = (await Tool.RunAsync(tree.Path, "list")).Out;
        var checks = list.Split('\n').SkipWhile(line => !line.StartsWith(gate + " ", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(static line => line.StartsWith("  ", StringComparison.Ordinal)).Select(static line => line.Trim().Split(' ')[0]).ToList();

        checks.ShouldNotBeEmpty(list);
        foreach (var check in checks)
            Page(gate).ShouldMatch($@"`([a-z-]+/)?{check}`");
        Page(gate).ShouldStartWith($"# {string.Join(' ', gate.Split('-').Select(static w => char.ToUpperInvariant(w[0]) + w[1..]))}\n");
    }

    internal static string Page(string gate)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "GitIntent.Arv.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return File.ReadAllText(Path.Combine(folder, "docs", "gates", gate + ".md")).ReplaceLineEndings("\n");
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();
}
