using System.Text.RegularExpressions;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.Tests.Architecture;

/// <summary>The shape of the code that the design promises, read from the sources.</summary>
public sealed class LayeringTests
{
    [Fact]
    public void The_layers_hold()
    {
        var files = SourceTree.Read();

        files.Length.ShouldBeGreaterThan(150, "else the sources were not found, and nothing was judged");
        Layers.Faults(files).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Kinds/Text/A.cs", "GitIntent.Arv.Kinds.Text", "using GitIntent.Arv.Reporting;", "Kinds may use only")]
    [InlineData("Kinds/Text/A.cs", "GitIntent.Arv.Kinds.Text", "using GitIntent.Arv.Policy;", "Kinds may use only")]
    [InlineData("Kinds/Text/A.cs", "GitIntent.Arv.Kinds.Text", "using static GitIntent.Arv.Kinds.Files.FilesRules;", "no kind knows another")]
    [InlineData("Kinds/Text/A.cs", "GitIntent.Arv.Kinds.Text", "var a = Kinds.Data.Places;", "no kind knows another")]
    [InlineData("Kinds/FindingMaker.cs", "GitIntent.Arv.Kinds", "using GitIntent.Arv.Kinds.Files;", "only CheckKinds.cs lists them")]
    [InlineData("Reporting/A.cs", "GitIntent.Arv.Reporting", "using GitIntent.Arv.Kinds;", "Reporting may use only Model")]
    [InlineData("Reporting/A.cs", "GitIntent.Arv.Reporting", "using GitIntent.Arv.Running;", "Reporting may use only Model")]
    [InlineData("Reporting/A.cs", "GitIntent.Arv.Reporting", "var a = Config.Duration.Format(b);", "Reporting may use only Model")]
    [InlineData("Model/A.cs", "GitIntent.Arv.Model", "using GitIntent.Arv.Config;", "Model may use only itself")]
    [InlineData("Running/A.cs", "GitIntent.Arv.Running", "Console.WriteLine();", "uses Console")]
    [InlineData("Running/A.cs", "GitIntent.Arv.Running", "System.Environment.Exit(1);", "uses System.Environment")]
    public void A_file_that_breaks_them_is_found(string path, string ns, string line, string fault)
    {
        var text = line.StartsWith("using", StringComparison.Ordinal) ? $"{line}\n\nnamespace {ns};\n" : $"namespace {ns};\n\nclass A {{ void B() {{ {line} }} }}\n";

        Layers.Faults([SourceFile.Of("GitIntent.Arv/" + path, text)]).ShouldHaveSingleItem().ShouldContain(fault);
    }

    [Theory]
    [InlineData("// Console.WriteLine(Reporting.A);")]
    [InlineData("var a = \"Console.WriteLine(Reporting.A)\";")]
    [InlineData("var a = context.Environment.Keys;")]
    public void What_is_no_code_breaks_nothing(string line) =>
        Layers.Faults([SourceFile.Of("GitIntent.Arv/Kinds/Text/A.cs", $"namespace GitIntent.Arv.Kinds.Text;\n{line}\n")]).ShouldBeEmpty();

    [Fact]
    public void Only_one_file_lists_the_kinds() =>
        FilesThatMake(CheckKinds.All.Select(static k => k.GetType().Name)).ShouldBe(["GitIntent.Arv/Kinds/CheckKinds.cs"]);

    [Fact]
    public void Only_one_file_lists_the_reporters() =>
        FilesThatMake(Reporters.All.Select(static r => r.GetType().Name)).ShouldBe(["GitIntent.Arv/Reporting/Reporters.cs"]);

    [Fact]
    public void Every_kind_has_its_page() =>
        CheckKinds.All.Select(static k => $"docs/kinds/{k.Name}.md").Where(static p => !File.Exists(Path.Combine(SourceTree.Root(), p))).ShouldBeEmpty();

    private static IEnumerable<string> FilesThatMake(IEnumerable<string> types)
    {
        var made = new Regex($@"\bnew (?:\w+\.)*(?:{string.Join('|', types)})\(");
        return SourceTree.Read().Where(f => made.IsMatch(f.Code)).Select(static f => f.Path);
    }
}
