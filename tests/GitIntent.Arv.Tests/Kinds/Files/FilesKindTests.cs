using GitIntent.Arv.Kinds;
using GitIntent.Arv.Kinds.Files;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Kinds.Files;

public sealed class FilesKindTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly KindRun _run;

    public FilesKindTests() => _run = new KindRun(new FilesKind(), _folder);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("require: [a.txt]", "")]
    [InlineData("require: [./a.txt, /a.txt]", "")]
    [InlineData("require: [b.txt]", "ARV1001 b.txt:1:1 b.txt is missing")]
    [InlineData("require: [c.txt]", "ARV1001 c.txt:1:1 c.txt is missing")] // in the folder d only: a path is from the root
    [InlineData("require: ['d/*.txt']", "")]
    [InlineData("require: ['**/c.txt', d/]", "")]
    [InlineData("require: ['*.md']", "ARV1001 -:1:1 no file matches *.md")]
    [InlineData("require: [e/]", "ARV1001 -:1:1 no file matches e/")]
    [InlineData("require: [d]", "ARV1001 d:1:1 d is a folder; expected a file")]
    [InlineData("require: [../a.txt]", "ARV1001 -:1:1 ../a.txt leads out of the repository")]
    public void A_required_path_that_is_missing_is_a_finding(string block, string expected)
    {
        _folder.Write("a.txt").Write("d/c.txt");
        _run.Say(block).ShouldBe(expected);
    }

    [Fact]
    public void A_required_file_may_be_ignored()
    {
        Git.Commit(_folder.Write(".gitignore", "dist/\n").Write("dist/a.js").Path);
        _run.Say("require: [dist/a.js]").ShouldBe("");
    }

    [Fact]
    public async Task A_pattern_sees_ignored_files_where_the_check_asks_for_them()
    {
        Git.Commit(_folder.Write(".gitignore", "dist/\n").Write("dist/a.js").Path);
        _folder.Write("arv.yml", """
            version: 1
            gates:
              built:
                checks:
                  unseen: { files: { require: ["dist/*.js"] } }
                  seen: { ignored: true, files: { require: ["dist/*.js"] } }
            """);
        (await JsonReport.OfAsync(_folder, "run-all")).Checks.ShouldBe(["unseen: failed", "seen: passed"]);
    }

    [LinuxFact]
    public void A_link_to_a_file_is_that_file_and_a_dangling_one_refuses()
    {
        _folder.Write("a.txt").Link("good", "a.txt").Link("bad", "nowhere");
        _run.Say("require: [good]").ShouldBe("");
        _run.Say("require: [bad]").ShouldBe("refused: bad: dangling link");
    }

    [Theory]
    [InlineData("forbid: ['*.exe']", "ARV1002 d/x.exe:1:1 this file is forbidden (*.exe)\nARV1002 x.exe:1:1 this file is forbidden (*.exe)")]
    [InlineData("forbid: [x.exe]", "ARV1002 d/x.exe:1:1 this file is forbidden (x.exe)\nARV1002 x.exe:1:1 this file is forbidden (x.exe)")]
    [InlineData("forbid: [/x.exe]", "ARV1002 x.exe:1:1 this file is forbidden (/x.exe)")]
    [InlineData("forbid: [d/]", "ARV1002 d/x.exe:1:1 this file is forbidden (d/)")]
    [InlineData("forbid: ['*.dll']", "")]
    public void A_forbidden_file_is_a_finding(string block, string expected)
    {
        _folder.Write("x.exe").Write("d/x.exe").Write("d2/x.txt");
        _run.Say(block).ShouldBe(expected);
    }

    [Theory]
    [InlineData("name: { regex: '[a-z]+\\.md' }", "ARV1003 docs/Bad.md:1:1 the file name \"Bad.md\" is not as expected (regex [a-z]+\\.md)")]
    [InlineData("name: { regex: '[a-z]+|Bad' }", "ARV1003 docs/Bad.md:1:1 the file name \"Bad.md\" is not as expected (regex [a-z]+|Bad)\nARV1003 docs/good.md:1:1 the file name \"good.md\" is not as expected (regex [a-z]+|Bad)")]
    [InlineData("name: good.md", "ARV1003 docs/Bad.md:1:1 the file name \"Bad.md\" is not as expected (good.md)")]
    [InlineData("name: { regex: '.+' }", "")]
    public void The_whole_name_of_each_file_is_matched(string block, string expected)
    {
        _folder.Write("docs/good.md").Write("docs/Bad.md");
        _run.Say(block, "docs/").ShouldBe(expected);
    }

    [Theory]
    [InlineData("count: { min: 2 }", "")]
    [InlineData("count: { min: 3 }", "ARV1004 -:1:1 expected at least 3 files, found 2")]
    [InlineData("count: { max: 1 }", "ARV1004 -:1:1 expected at most 1 files, found 2")]
    [InlineData("count: { min: 2, max: 2 }", "")]
    public void Too_few_or_too_many_files_are_a_finding(string block, string expected)
    {
        _folder.Write("a.md").Write("d/b.md").Write("c.txt");
        _run.Say(block, "*.md").ShouldBe(expected);
    }

    [GitFact]
    public void An_untracked_file_is_a_finding_where_it_must_be_tracked()
    {
        Git.Commit(_folder.Write("in.txt").Write(".gitignore", "dist/\n").Path);
        _folder.Write("out.txt").Write("dist/a.js");
        _run.Say("{ require: [in.txt], tracked: true }").ShouldBe("");
        _run.Say("{ require: [in.txt, dist/a.js], tracked: true }").ShouldBe("ARV1005 dist/a.js:1:1 git does not track this file");
        _run.Say("tracked: true", "*.txt").ShouldBe("ARV1005 out.txt:1:1 git does not track this file");
        _run.Say("tracked: true", "in.*").ShouldBe("");
    }

    [Fact]
    public void Without_git_it_cannot_be_judged_whether_files_are_tracked()
    {
        _folder.Write("a.txt");
        _run.Say("{ require: [a.txt], tracked: true }").ShouldBe("refused: not a git repository, or one that tracks nothing: whether files are tracked cannot be judged");
        _run.Say("{ require: [b.txt], tracked: true }").ShouldBe("ARV1001 b.txt:1:1 b.txt is missing");
    }

    [Fact]
    public void Names_stand_for_their_values_literally()
    {
        _folder.Write("c/a*b/x.json").Write("c/aXb/y.json");
        _run.Names["id"] = "a*b";
        _run.Say("require: ['c/{id}/x.json', 'c/{id}/*.json']").ShouldBe("");
        _run.Say("require: ['c/{id}/y.*']").ShouldBe("ARV1001 -:1:1 no file matches c/a\\*b/y.*");
        _run.Names["id"] = "../..";
        _run.Say("require: ['c/{id}/x.json']").ShouldBe("ARV1001 -:1:1 c/../../x.json leads out of the repository");
    }

    [Fact]
    public void The_evidence_names_what_was_looked_at()
    {
        _folder.Write("a.txt").Write("b.txt").Write("c.md");
        _run.Run("require: [a.txt]").Evidence.Paths.ShouldBe(["a.txt"]);
        var both = _run.Run("{ require: [a.txt], forbid: ['*.exe'] }", "*.md").Evidence;
        both.Paths.ShouldBe(["a.txt", "c.md"]);
        both.Read.ShouldBe(2);
    }

    [Fact]
    public void Only_names_and_tracked_inputs_need_inputs()
    {
        _run.Read("require: [a.txt]").NeedsInputs.ShouldBeFalse();
        _run.Read("{ require: [a.txt], tracked: true }").NeedsInputs.ShouldBeFalse();
        _run.Read("forbid: ['*.exe']").NeedsInputs.ShouldBeFalse();
        _run.Read("count: { min: 1 }").NeedsInputs.ShouldBeFalse();
        _run.Read("name: { regex: '.+' }").NeedsInputs.ShouldBeTrue();
        _run.Read("tracked: true").NeedsInputs.ShouldBeTrue();
    }

    [Fact]
    public void The_checks_own_words_have_precedence()
    {
        var settings = new FindingSettings(Severity.Warning, "PAY001", "The entry is not built", "Run the build.", "docs/build.md");
        var run = new KindRun(new FilesKind(), _folder) { Settings = settings };
        var finding = run.Run("require: [dist/a.js]").Findings.Single();
        (finding.Rule, finding.Severity, finding.Message, finding.Remedy, finding.Help)
            .ShouldBe(("PAY001", Severity.Warning, "The entry is not built: dist/a.js is missing", "Run the build.", "docs/build.md"));
        run.Read("require: [dist/a.js]").Rules.Single().ShouldBe(new RuleInfo("PAY001", Severity.Warning, "The entry is not built")
        {
            Remedy = "Run the build.",
            Help = "docs/build.md",
            Looks = "require dist/a.js",
        });
    }

    [Theory]
    [InlineData("require: ['!a']", "1:11: \"!a\": a pattern that takes back (!) has nothing to take back here")]
    [InlineData("forbid: ['[a']", "1:10: \"[a\": ")]
    [InlineData("name: { regex: '(?=a)' }", "1:16: name: look-around is not offered")]
    [InlineData("name: { regex: '(a' }", "1:16: name: ")]
    [InlineData("count: { min: 2, max: 1 }", "1:8: count: min (2) is more than max (1)")]
    [InlineData("tracked: true", "1:10: tracked: nothing says which files; add require or include")]
    [InlineData("requires: [a]", "1:1: check \"c\": unknown key \"requires\"; did you mean \"require\"?")]
    [InlineData("{}", "1:1: check \"c\": expected at least one of require, forbid, name, count, tracked, found none")]
    public void A_mistake_in_the_block_is_named_at_its_place(string block, string expected) =>
        _run.Mistakes(block, hasInclude: false).ShouldStartWith(expected);
}
