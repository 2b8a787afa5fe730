using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Scenarios;

/// <summary>
/// The ways in which gates like these let a bad tree through. Each has a plain twin that is red and a clean twin that is green:
/// without the trick the fault is found, and without the fault nothing is.
/// </summary>
public sealed class HowGatesAreFooled
{
    private const string Bad = "import google.adk.serving.fastapi\n";
    private const string Good = "import google.adk.agents\n";

    [Fact]
    public async Task A_dangling_link_does_not_hide_the_rest_of_its_folder()
    {
        using var repository = Gwi();
        repository.Write("src/b.ts", Bad);
        File.CreateSymbolicLink(repository.At("src/a.ts"), "nowhere.ts");
        (await Run(repository)).ShouldSay(1, "src/b.ts:1:8: error ADK001");

        repository.Write("src/b.ts", Good);
        (await Run(repository)).ShouldSay(3, "src/a.ts (dangling link)");

        File.Delete(repository.At("src/a.ts"));
        (await Run(repository)).ShouldSay(0, "passed");
    }

    [Fact]
    public async Task An_empty_repository_does_not_pass()
    {
        using var repository = Gwi();
        (await Run(repository)).ShouldSay(3, "nothing matches");

        repository.Write("a.ts", Bad);
        (await Run(repository)).ShouldSay(1, "a.ts:1:8");

        repository.Write("a.ts", Good);
        (await Run(repository)).ShouldSay(0, "passed");
    }

    [Fact]
    public async Task A_folder_without_anything_does_not_pass_either()
    {
        using var empty = new TempFolder();
        (await Tool.RunAsync(empty.Path, "run-all")).ShouldSay(3, "nothing was judged");
    }

    [Fact]
    public async Task Rules_about_python_look_at_python()
    {
        using var repository = Gwi();
        repository.Write("a.ts", Good);
        repository.Write("serve.py", Bad);
        (await Run(repository)).ShouldSay(1, "serve.py:1:8: error ADK001");

        repository.Write("serve.py", Good);
        (await Run(repository)).ShouldSay(0, "passed");
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("my-test-repo")]
    [InlineData("dist")]
    [InlineData("node_modules")]
    public async Task The_name_of_the_checkout_switches_no_rule_off(string name)
    {
        using var outer = new TempFolder();
        outer.Write($"{name}/arv.yml", "version: 1\nextends: [gwi]\n");
        outer.Write($"{name}/a.ts", Bad);
        (await Tool.RunAsync(outer.At(name), "run", "forbidden-patterns")).ShouldSay(1, "a.ts:1:8");

        outer.Write($"{name}/a.ts", Good);
        (await Tool.RunAsync(outer.At(name), "run", "forbidden-patterns")).ShouldSay(0, "passed");
    }

    [Fact]
    public async Task A_call_broken_over_lines_is_seen()
    {
        using var repository = Gwi();
        repository.Write("a.ts", "fs.writeFileSync(\n  '.gwi/state.json', x);\n");
        (await Run(repository)).ShouldSay(1, "a.ts:1:1: error STA001");

        repository.Write("a.ts", "fs.writeFileSync('.gwi/state.json', x);\n");
        (await Run(repository)).ShouldSay(1, "a.ts:1:1: error STA001");

        repository.Write("a.ts", "fs.writeFileSync(\n  '.gwi/cache.json', x);\n");
        (await Run(repository)).ShouldSay(0, "passed");
    }

    [Fact]
    public async Task A_nul_byte_does_not_hide_a_source_file()
    {
        using var repository = Gwi();
        repository.Write("a.ts", "\0" + Bad);
        (await Run(repository)).ShouldSay(1, "a.ts:1:9: error ADK001");

        repository.Write("a.ts", "\0" + Good);
        (await Run(repository)).ShouldSay(0, "passed");
    }

    [Fact]
    public async Task A_rule_of_the_users_own_ignore_file_hides_nothing()
    {
        using var repository = Gwi();
        repository.Write(".git/info/exclude", "*.ts\n");
        repository.Write("a.ts", Bad);
        (await Run(repository)).ShouldSay(1, "a.ts:1:8");

        repository.Write("a.ts", Good);
        (await Run(repository)).ShouldSay(0, "passed");
    }

    private static TempFolder Gwi()
    {
        var folder = new TempFolder();
        folder.Write("arv.yml", "version: 1\nextends: [gwi]\n");
        return folder;
    }

    private static Task<Tool.Result> Run(TempFolder repository) => Tool.RunAsync(repository.Path, "run", "forbidden-patterns");
}
