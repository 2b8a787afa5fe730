using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Scenarios;

/// <summary>
/// How tests that are run by a command let a bad tree through. The runner is a script of sh where the preset expects vitest: it answers as
/// the repository's tests do, and writes a golden that is missing.
/// </summary>
[Collection(Kinds.Exec.Commands.Name)]
public sealed class HowCommandsAreFooled : IDisposable
{
    private const string Golden = "test/goldens/expected/scoring-outputs.json";
    private const string Passed = "<testcase classname='s' name='a'/><testcase classname='s' name='b'/>";
    private const string OneSkipped = "<testcase classname='s' name='a'/><testcase classname='s' name='b'><skipped/></testcase>";
    private const string AllSkipped = "<testcase classname='s' name='a'><skipped/></testcase><testcase classname='s' name='b'><skipped/></testcase>";

    private readonly TempFolder _tree = new();

    public HowCommandsAreFooled()
    {
        if (!OperatingSystem.IsLinux() || Run.Find("git") is null)
            return;
        _tree.Write("arv.yml", "version: 1\nextends: [gwi]\ngates:\n  smoke-tests:\n    checks:\n      help: { timeout: 3s }\n");
        _tree.Write(".gitignore", "node_modules/\ndist/\n").Write("test/contracts/schemas.test.ts").Write("test/goldens/scoring.test.ts").Write(Golden, "{}\n").Write("packages/core/index.ts");
        foreach (var built in (string[])["packages/core", "packages/engine", "packages/agents"])
            _tree.Write($"{built}/dist/index.js", "module.exports = 1;\n");
        _tree.Write("apps/cli/dist/index.js", "console.log('usage');\n");
        Runner(Passed);
        Git.Commit(_tree.Path);
    }

    [LinuxFact]
    public async Task What_is_in_order_passes()
    {
        (await Judge("contract-tests")).ShouldSay(0, "passed");
        (await Judge("golden-tests")).ShouldSay(0, "passed");
    }

    [LinuxFact]
    public async Task A_deleted_golden_fails_and_is_not_written()
    {
        Runner("<testcase classname='s' name='a'><failure message='3 is not 4'/></testcase>", exit: 1);
        (await Judge("golden-tests")).ShouldSay(1, "ARV3002"); // the plain twin: it is there, and the output is not it

        Runner(Passed);
        File.Delete(_tree.At(Golden));
        (await Judge("golden-tests")).ShouldSay(1, $"{Golden} is missing");
        File.Exists(_tree.At(Golden)).ShouldBeFalse();

        Git.In(_tree.Path, "rm", "-q", "--cached", Golden);
        _tree.Write(Golden, "{}\n");
        (await Judge("golden-tests")).ShouldSay(1, "git does not track this file");

        Git.In(_tree.Path, "add", Golden);
        (await Judge("golden-tests")).ShouldSay(0, "passed");
    }

    [LinuxTheory]
    [InlineData("contract-tests")]
    [InlineData("golden-tests")]
    public async Task Tests_that_did_not_run_do_not_pass(string gate)
    {
        Runner(AllSkipped);
        (await Judge(gate)).ShouldSay(3, "skipped");

        Runner("");
        (await Judge(gate)).ShouldSay(3, "no test");

        Runner(OneSkipped);
        (await Judge(gate)).ShouldSay(1, "ARV3006");

        Runner(Passed);
        (await Judge(gate)).ShouldSay(0, "passed");
    }

    [LinuxFact]
    public async Task A_result_that_the_command_did_not_write_is_not_believed()
    {
        Script("exit 0");
        (await Judge("contract-tests")).ShouldSay(3, "results.xml");

        Script("exit 1"); // the plain twin
        (await Judge("contract-tests")).ShouldSay(1, "ARV3001");
    }

    [LinuxFact]
    public async Task A_test_that_changes_what_is_in_git_is_a_finding()
    {
        Runner(Passed, before: "echo '[]' > test/contracts/schemas.test.ts");
        (await Judge("contract-tests")).ShouldSay(1, "test/contracts/schemas.test.ts:1:1: error ARV3008");
    }

    [LinuxFact]
    public async Task A_runner_that_is_not_there_is_refused_and_nothing_is_fetched()
    {
        File.Delete(_tree.At("node_modules/.bin/vitest"));
        (await Judge("contract-tests")).ShouldSay(3, "node_modules/.bin/vitest");
    }

    [NodeFact]
    public async Task A_hang_ends_and_a_crash_is_not_a_finding()
    {
        (await Judge("smoke-tests")).ShouldSay(0, "passed");

        _tree.Write("apps/cli/dist/index.js", "setInterval(() => {}, 1000);\n");
        (await Judge("smoke-tests")).ShouldSay(3, "not done within 3 s");

        _tree.Write("apps/cli/dist/index.js", "process.kill(process.pid, 'SIGKILL');\n");
        (await Judge("smoke-tests")).ShouldSay(3, "SIGKILL");

        _tree.Write("apps/cli/dist/index.js", "process.exit(7);\n");
        (await Judge("smoke-tests")).ShouldSay(1, "ARV3001");
    }

    [NodeFact]
    public async Task What_is_not_built_or_cannot_be_imported_fails()
    {
        _tree.Write("packages/core/dist/index.js", "throw new Error('broken');\n");
        (await Judge("smoke-tests")).ShouldSay(1, "ARV3001");

        File.Delete(_tree.At("packages/agents/dist/index.js"));
        (await Judge("smoke-tests")).ShouldSay(1, "packages/agents/dist/index.js is missing");
    }

    public void Dispose() => _tree.Dispose();

    private Task<Tool.Result> Judge(string gate)
    {
        var path = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! };
        return Tool.RunAsync(_tree.Path, context => context with { Environment = path }, "run", gate);
    }

    private void Runner(string cases, int exit = 0, string before = "") => Script($$"""
        for argument in "$@"; do case "$argument" in --outputFile=*) file=${argument#*=};; esac; done
        [ -f {{Golden}} ] || echo '{ "outputs": {} }' > {{Golden}}
        {{before}}
        echo "<testsuites><testsuite name='s'>{{cases}}</testsuite></testsuites>" > "$file"
        exit {{exit}}
        """);

    private void Script(string body)
    {
        _tree.Write("node_modules/.bin/vitest", "#!/bin/sh\n" + body.Replace("\r", "", StringComparison.Ordinal) + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_tree.At("node_modules/.bin/vitest"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private sealed class NodeFactAttribute : FactAttribute
    {
        public NodeFactAttribute()
        {
            if (!OperatingSystem.IsLinux() || Run.Find("node") is null)
                Skip = "There is no node on this machine.";
        }
    }
}
