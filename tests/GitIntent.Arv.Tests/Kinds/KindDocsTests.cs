using System.Text;
using System.Text.RegularExpressions;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Kinds;

namespace GitIntent.Arv.Tests.Kinds;

/// <summary>The examples of the pages about kinds are read as they stand there.</summary>
public partial class KindDocsTests
{
    [Theory]
    [InlineData("text", 3)]
    [InlineData("files", 4)]
    [InlineData("data", 2)]
    [InlineData("exec", 4)]
    [InlineData("artifact", 2)]
    [InlineData("reliability", 2)]
    public void The_examples_of_a_kind_are_good_configuration(string kindName, int checks)
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "kinds", kindName + ".md"));
        var schema = Block(page, "json");
        var kind = CheckKinds.Find(kindName)!;
        var all = (DocMap)((DocMap)DocumentReader.Read(kindName + ".md", Encoding.UTF8.GetBytes(Block(page, "yaml")!), DocumentFormat.Yaml, DocumentLimits.Default))["checks"]!;
        all.Entries.Length.ShouldBe(checks);
        foreach (var check in all.Entries)
        {
            var errors = new ConfigErrors();
            var block = ((DocMap)check.Value)[kindName]!;
            kind.Shape.Check(block, check.Key, errors);
            kind.Read(block, new CheckReading(errors, new HashSet<string>(), FindingSettings.Default, _ => schema is null ? null : Encoding.UTF8.GetBytes(schema))
            {
                HasInclude = ((DocMap)check.Value)["include"] is not null,
            });
            errors.All.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("files")]
    [InlineData("data")]
    [InlineData("exec")]
    [InlineData("artifact")]
    public void Every_code_of_a_kind_is_on_its_page(string kindName)
    {
        var folder = Path.Combine(Root(), "src", "GitIntent.Arv", "Kinds", char.ToUpperInvariant(kindName[0]) + kindName[1..]);
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "kinds", kindName + ".md"));
        var codes = Directory.GetFiles(folder, "*.cs").SelectMany(file => Code().Matches(File.ReadAllText(file))).Select(static m => m.Value).Distinct().ToList();
        codes.Count.ShouldBeGreaterThan(4);
        codes.Where(code => !page.Contains(code, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string? Block(string page, string language) =>
        Regex.Match(page, $"```{language}\n(.*?)```", RegexOptions.Singleline) is { Success: true } match ? match.Groups[1].Value : null;

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "GitIntent.Arv.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex("ARV[0-9]{4}")]
    private static partial Regex Code();
}
