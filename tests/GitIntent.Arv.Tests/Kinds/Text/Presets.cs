using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Kinds.Text;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Tests.Kinds.Text;

/// <summary>The rules of the presets: each with its proof beside it, which is tried here as it is whenever they are loaded.</summary>
public sealed class Presets
{
    [Fact]
    public void The_rules_of_gwi_are_these() =>
        Rules("gwi").Select(static r => $"{r.Id} {r.Severity}").ShouldBe(
            ["ADK001 Error", "ADK002 Error", "ADK003 Error", "MOD001 Warning", "MOD002 Warning", "MOD003 Warning", "STA001 Error", "LOG001 Warning"]);

    [Fact]
    public void The_rules_of_default_are_these() =>
        Rules("default").Select(static r => r.Id).ShouldBe(
        [
            "MRG001", "MRG002", "MRG003", "KEY001", "KEY002",
            "TOK001", "TOK002", "TOK003", "TOK004", "TOK005", "TOK006", "TOK007", "TOK008", "TOK009", "TOK010",
            "FOC001", "FOC002",
        ]);

    [Theory]
    [InlineData("gwi")]
    [InlineData("default")]
    public void Every_rule_has_its_own_words_and_proof(string preset)
    {
        foreach (var rule in Rules(preset))
        {
            rule.Invalid.ShouldNotBeEmpty(rule.Id);
            rule.Valid.ShouldNotBeEmpty(rule.Id);
            rule.Remedy.ShouldNotBeNullOrEmpty(rule.Id);
            rule.Message.ShouldNotContain("pattern", Case.Sensitive, rule.Id);
        }
    }

    [Fact]
    public void No_example_of_a_secret_stands_in_the_file_as_it_is()
    {
        var check = TextChecks.Run(Checks("default")["secrets"], [("default.yml", Bytes("default"))]);

        check.Findings.ShouldBeEmpty();
        check.Evidence.Read.ShouldBe(1);
    }

    private static IEnumerable<RuleInfo> Rules(string preset) => Checks(preset).Values.SelectMany(static c => c.Rules);

    private static OrderedDictionary<string, TextCheck> Checks(string preset)
    {
        var gate = (DocMap)((DocMap)((DocMap)YamlNodes.Read(System.Text.Encoding.UTF8.GetString(Bytes(preset))))["gates"]!)["forbidden-patterns"]!;
        var checks = new OrderedDictionary<string, TextCheck>();
        foreach (var check in ((DocMap)gate["checks"]!).Entries)
        {
            var errors = new ConfigErrors();
            var map = (DocMap)check.Value;
            var severity = map["severity"] is null ? Severity.Error : Severity.Warning;
            var kind = new TextKind();
            kind.Shape.Check(map["text"]!, check.Key, errors);
            checks.Add(check.Key, (TextCheck)kind.Read(map["text"]!, new CheckReading(errors, new HashSet<string>(), FindingSettings.Default with { Severity = severity }, static _ => null)));
            errors.All.ShouldBeEmpty();
        }
        return checks;
    }

    private static byte[] Bytes(string preset)
    {
        using var stream = typeof(TextKind).Assembly.GetManifestResourceStream($"preset/{preset}.yml").ShouldNotBeNull();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
