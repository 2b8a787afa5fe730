using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Running;

public sealed class ForEachTests : IDisposable
{
    private const string Fit = """
          g:
            for_each: { path: packs/*/, as: '(?<id>[a-z]+)@(?<version>\d+)' }
            let: { entry: "{path}/m.json#/entry" }
        """;

    private readonly TempFolder _tree = new();

    [Fact]
    public async Task Each_folder_has_a_check_of_its_own_with_what_its_name_says()
    {
        Config(Fit + """

                checks:
                  named: { include: ["{path}/m.json"], data: { equal: [[/id, "{id}"], [/version, "{version}"]] } }
            """);
        _tree.Write("packs/a@1/m.json", """{ "id": "a", "version": "1" }""").Write("packs/b@2/m.json", "{ \"id\": \"b\",\n \"version\": \"3\" }");
        var report = await Report();

        report.Checks.ShouldBe(["named/a@1: passed", "named/b@2: failed"]);
        report.Findings.ShouldBe(["named/b@2: ARV2002 packs/b@2/m.json:2: /version is \"3\"; expected \"2\", as {version}"]);
        report.ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_whose_name_does_not_fit_is_one_finding_of_the_gate()
    {
        Config(Fit + """

                checks:
                  one: { files: { require: ["{path}/m.json"] } }
                  two: { files: { require: ["{path}/m.json"] } }
            """);
        _tree.Write("packs/A@1/m.json").Write("packs/a@1/m.json").Write("packs/readme.md");
        var report = await Report();

        report.Checks.ShouldBe(["one/A@1: failed", "one/a@1: passed", "two/a@1: passed"]);
        report.Findings.ShouldHaveSingleItem().ShouldStartWith("one/A@1: ARV0101 packs/A@1:1: The name does not fit");
    }

    [Fact]
    public async Task Where_no_folder_matches_or_none_fits_every_check_is_refused()
    {
        Config(Fit + """

                checks:
                  one: { files: { require: ["{path}/m.json"] } }
                  two: { files: { require: ["{path}/m.json"] } }
              later:
                checks:
                  all: { needs: [g/two], files: { count: { min: 1 } } }
            """);
        _tree.Write("packs/readme.md");
        (await Report()).Checks.ShouldBe(
            ["one: refused: for_each: packs/*/ matches no folder", "two: refused: for_each: packs/*/ matches no folder", "all: refused: needs g/two, which was refused"]);

        _tree.Write("packs/A/m.json");
        var report = await Report();
        report.Checks.ShouldBe(
            ["one/A: failed", @"two: refused: for_each: no name that packs/*/ matches fits (?<id>[a-z]+)@(?<version>\d+)", "all: refused: needs g/two, which was refused"]);
    }

    [Fact]
    public async Task Without_a_slash_at_the_end_files_are_meant()
    {
        Config("""
              g:
                for_each: { path: "docs/*.md", as: '(?<name>[a-z]+)\.md' }
                checks:
                  code: { files: { require: ["src/{name}.cs"] } }
            """);
        _tree.Write("docs/a.md").Write("docs/b.md").Write("src/a.cs");

        (await Report()).Checks.ShouldBe(["code/a.md: passed", "code/b.md: failed"]);
    }

    [Theory]
    [InlineData("{ \"entry\": ", "packs/a@1/m.json:1:12: ")]
    [InlineData("{}", "packs/a@1/m.json has nothing at /entry")]
    [InlineData("{ \"entry\": [] }", "packs/a@1/m.json has no single value at /entry")]
    [InlineData("{ \"entry\": null }", "packs/a@1/m.json has no single value at /entry")]
    [InlineData(null, "packs/a@1/m.json is no file of the repository")]
    public async Task A_value_that_cannot_be_read_refuses_and_says_why(string? manifest, string why)
    {
        Config(Fit + """

                checks:
                  there: { files: { require: ["{path}/{entry}"] } }
            """);
        _tree.Write("packs/a@1/x");
        if (manifest is not null)
            _tree.Write("packs/a@1/m.json", manifest);
        var report = await Report();

        report.Checks.ShouldHaveSingleItem().ShouldStartWith($"there/a@1: refused: let: entry: {why}");
        report.ExitCode.ShouldBe(3);
    }

    [Theory]
    [InlineData("../../out.js")]
    [InlineData("x/../../out.js")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\\\out.js")]
    [InlineData("C:/out.js")]
    public async Task A_value_that_leads_out_of_its_folder_is_a_finding_where_it_is_written(string entry)
    {
        Config(Fit + """

                checks:
                  there: { files: { require: ["{path}/{entry}"] } }
            """);
        _tree.Write("packs/out.js").Write("out.js").Write("packs/a@1/m.json", $"{{\n  \"entry\": \"{entry}\" }}");
        var report = await Report();

        report.Findings.ShouldHaveSingleItem().ShouldStartWith("there/a@1: ARV0102 packs/a@1/m.json:2: The value of entry leads out of its folder");
        report.ExitCode.ShouldBe(1);
    }

    [Theory]
    [InlineData("x.js")]
    [InlineData("./x.js")]
    [InlineData("././x.js")]
    public async Task A_value_inside_its_folder_is_looked_up_there(string entry)
    {
        Config(Fit + """

                checks:
                  there: { files: { require: ["{path}/{entry}"] } }
                  clean: { include: ["{path}/{entry}"], text: { ABC001: { forbid: bad, message: m } } }
            """);
        _tree.Write("packs/a@1/m.json", $$"""{ "entry": "{{entry}}" }""").Write("packs/a@1/x.js", "bad");

        (await Report()).Checks.ShouldBe(["there/a@1: passed", "clean/a@1: failed"]);
    }

    [Fact]
    public async Task A_name_is_literal_inside_a_pattern()
    {
        Config("""
              g:
                for_each: { path: packs/*/ }
                checks:
                  bad: { include: ["{path}/**"], text: { ABC001: { forbid: bad, message: m } } }
            """);
        _tree.Write("packs/a[b]*/x", "bad").Write("packs/ab-other/x", "good");
        var report = await Report();

        report.Checks.ShouldBe(["bad/a[b]*: failed", "bad/ab-other: passed"]);
        report.Findings.ShouldBe(["bad/a[b]*: ABC001 packs/a[b]*/x:1: m"]);
    }

    [Fact]
    public async Task A_need_means_the_instance_of_the_same_path_and_from_outside_all()
    {
        Config(Fit + """

                checks:
                  one: { files: { require: ["{path}/x"] } }
                  two: { needs: [one], files: { require: ["{path}/m.json"] } }
              later:
                checks:
                  all: { needs: [g/one], files: { count: { min: 1 } } }
                  any: { files: { count: { min: 1 } } }
            """);
        _tree.Write("packs/a@1/m.json").Write("packs/b@1/m.json").Write("packs/b@1/x");

        (await Report()).Checks.ShouldBe(
            ["one/a@1: failed", "one/b@1: passed", "two/a@1: refused: needs g/one/a@1, which failed", "two/b@1: passed", "all: refused: needs g/one/a@1, which failed", "any: passed"]);
    }

    [Fact]
    public async Task What_gitignore_leaves_out_is_a_folder_too_where_ignored_things_count()
    {
        const string checks = """

                checks:
                  one: { files: { require: ["{path}/m.json"] } }
            """;
        _tree.Write(".gitignore", "b@1\n/packs/deep/\n").Write("packs/a@1/m.json").Write("packs/b@1/x");
        Config(Fit + checks);
        (await Report()).Checks.ShouldBe(["one/a@1: passed"]);

        Config(Fit + "\n    ignored: true" + checks);
        (await Report()).Checks.ShouldBe(["one/a@1: passed", "one/b@1: failed"]);
    }

    [LinuxFact]
    public async Task A_link_to_a_folder_is_a_folder()
    {
        Config(Fit + """

                checks:
                  one: { files: { require: ["{path}/m.json"] } }
            """);
        _tree.Write("elsewhere/x").Link("packs/b@1", "../elsewhere").Write("packs/a@1/m.json");

        (await Report()).Checks.ShouldBe(["one/a@1: passed", "one/b@1: failed"]);
    }

    [LinuxTheory]
    [InlineData("nowhere", "dangling link")]
    [InlineData("/", "link out of the repository")]
    public async Task A_link_that_may_be_a_folder_refuses(string target, string why)
    {
        Config(Fit + """

                checks:
                  one: { include: ["{path}/**"], files: { require: ["{path}/m.json"] } }
            """);
        _tree.Link("packs/b@1", target).Write("packs/a@1/m.json");

        (await Report()).Checks.ShouldBe(["one/a@1: passed", $"one: refused: for_each: could not look at packs/b@1 ({why})"]);
    }

    [GitFact]
    public async Task A_folder_that_is_a_repository_of_its_own_refuses()
    {
        Config(Fit + """

                checks:
                  one: { files: { require: ["{path}/m.json"] } }
            """);
        _tree.Write("packs/a@1/m.json").Write("packs/b@1/m.json");
        Git.Commit(_tree.At("packs/b@1"));

        (await Report()).Checks.ShouldBe(["one/a@1: passed", "one: refused: for_each: could not look at packs/b@1 (repository of its own)"]);
    }

    [Fact]
    public async Task A_condition_may_ask_for_a_value()
    {
        Config(Fit + """

                checks:
                  one: { when: { exists: "{path}/{entry}" }, files: { require: ["{path}/other"] } }
            """);
        _tree.Write("packs/a@1/m.json", """{ "entry": "x" }""").Write("packs/b@1/m.json", """{ "entry": "x" }""").Write("packs/b@1/x");

        (await Report()).Checks.ShouldBe(["one/a@1: skipped: nothing here is packs/a@1/x", "one/b@1: failed"]);
    }

    [Fact]
    public async Task Only_values_that_are_used_are_read_and_one_may_be_made_of_another()
    {
        Config("""
              g:
                for_each: { path: packs/*/ }
                let: { unused: "{path}/gone.json#/x", file: "{path}/m.json#/file", entry: "{path}/{file}#/entry" }
                checks:
                  one: { files: { require: ["{path}/{entry}", "{other}.txt"] } }
            """);
        _tree.Write("packs/a/m.json", """{ "file": "n.json" }""").Write("packs/a/n.json", """{ "entry": "x" }""").Write("packs/a/x").Write("{other}.txt");

        (await Report()).Checks.ShouldBe(["one/a: passed"]);
    }

    [Fact]
    public async Task A_value_made_of_a_later_one_is_a_mistake_of_the_configuration()
    {
        Config("""
              g:
                for_each: { path: packs/*/ }
                let: { entry: "{path}/{file}#/entry", file: "{path}/m.json#/file" }
                checks:
                  one: { files: { require: ["{path}/{entry}"] } }
            """);

        (await Tool.RunAsync(_tree.Path, "run-all")).ShouldSay(20, "let: entry: {file} has no value yet; a value may use only those that stand above it");
    }

    public void Dispose() => _tree.Dispose();

    private void Config(string gates) => _tree.Write("arv.yml", "version: 1\ngates:\n" + gates + "\n");

    private Task<JsonReport> Report() => JsonReport.OfAsync(_tree, "run-all");
}
