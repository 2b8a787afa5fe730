using System.Security.Cryptography;
using System.Text;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Scenarios;

/// <summary>
/// A repository without an <c>arv.yml</c>. Each convention has a tree that it finds red, its clean twin, and one that it leaves alone, and runs
/// what the ecosystem really runs, where this machine has it.
/// </summary>
public sealed class DefaultPresetTests
{
    private const string NodeTest = "import test from 'node:test';\nimport assert from 'node:assert';\ntest('adds', () => assert.equal(1 + 1, 2));\n";
    private const string PythonTest = "def test_adds():\n    assert 1 + 1 == 2\n";
    private const string GoTest = "package contracts\n\nimport \"testing\"\n\nfunc TestAdds(t *testing.T) {\n\tif 1+1 != 2 {\n\t\tt.Fatal(\"no\")\n\t}\n}\n";
    private const string RustTest = "#[test]\nfn adds() {\n    assert_eq!(1 + 1, 2);\n}\n";
    private const string DotnetTest = "public class Sums { [Xunit.Fact] public void Add() => Xunit.Assert.Equal(2, 1 + 1); }\n";

    [Fact]
    public async Task A_file_that_nothing_is_wrong_with_is_all_that_a_run_needs()
    {
        using var repository = new TempFolder().Write("README.md", "# Hello\n");
        (await Judge(repository)).ShouldSay(0, "passed: 2 of 6 gates, 4 skipped");

        repository.Write("README.md", "<<<<<<< HEAD\n");
        (await Judge(repository)).ShouldSay(1, "README.md:1:1: error MRG001");
    }

    [Fact]
    public async Task Nothing_passes_on_nothing()
    {
        using var repository = new TempFolder();
        (await Judge(repository)).ShouldSay(3, "nothing was judged");
    }

    [Theory]
    [InlineData("package.json", "{ \"name\": \"a\", \"bin\": \"bin/a.js\", \"scripts\": { \"test\": \"exit 9\", \"test:contracts\": \"exit 9\" } }")]
    [InlineData("pyproject.toml", "[project]\nname = 'a'\n")]
    [InlineData("go.mod", "module a\n")]
    [InlineData("Cargo.toml", "[package]\nname = 'a'\nversion = '1.0.0'\n")]
    [InlineData("A.csproj", "<Project Sdk='Microsoft.NET.Sdk' />")]
    [InlineData("testdata/contracts/a.json", "{}")]
    [InlineData("contracts/a.test.mjs", "process.exit(9)")]
    [InlineData("src/tests/contracts/a.test.mjs", "process.exit(9)")]
    [InlineData("bin/a.js", "process.exit(9)")]
    public async Task Nothing_is_started_that_is_not_a_test_where_the_convention_says(string path, string text)
    {
        using var repository = new TempFolder().Write(path, text);
        (await Judge(repository)).ShouldSay(0, "passed: 2 of 6 gates, 4 skipped");
    }

    [Fact]
    public async Task A_gate_that_does_not_apply_says_so_once_and_also_where_a_config_extends_the_preset()
    {
        using var repository = new TempFolder().Write("README.md");
        (await Judge(repository)).ShouldSay(0, "skipped  smoke-tests             nothing here is *.SmokeTests/ or test*/smoke/ or /tests/smoke.rs\n");

        repository.Write("arv.yml", "version: 1\nextends: [default]\n");
        (await Judge(repository)).ShouldSay(0, "skipped  connector-supply-chain  nothing here is connectors/*/connector.manifest.json\n");
    }

    [ToolFact("node")]
    public async Task Node()
    {
        using var repository = new TempFolder().Write("test/contracts/sums.test.mjs", NodeTest.Replace("2)", "3)", StringComparison.Ordinal));
        (await Judge(repository)).ShouldSay(1, "test/contracts/sums.test.mjs:3:1: error ARV3002: test.adds failed");

        repository.Write("test/contracts/sums.test.mjs", NodeTest);
        (await Judge(repository)).ShouldSay(0, "passed   contract-tests");

        repository.Write("test/contracts/none.test.mjs", "export const no = 'test';\n");
        (await Judge(repository)).ShouldSay(3, "r.xml is not there: the command did not write it");

        repository.Write("test/contracts/none.test.mjs", "import test from 'node:test';\ntest.skip('later', () => {});\n");
        (await Judge(repository)).ShouldSay(3, "no test ran: all 1 were skipped");
    }

    [ToolFact("node")]
    public async Task A_golden_that_is_deleted_is_missed_and_not_written_again()
    {
        using var repository = new TempFolder()
            .Write("tests/goldens/sum.txt", "2\n")
            .Write("tests/goldens/sum.test.mjs", "import fs from 'node:fs';\nimport test from 'node:test';\nimport assert from 'node:assert';\n"
                + "const golden = new URL('sum.txt', import.meta.url);\nif (!fs.existsSync(golden)) fs.writeFileSync(golden, '2\\n');\n"
                + "test('sum', () => assert.equal(fs.readFileSync(golden, 'utf8'), '2\\n'));\n");
        (await Judge(repository)).ShouldSay(0, "passed   golden-tests");

        File.Delete(repository.At("tests/goldens/sum.txt"));
        (await Judge(repository)).ShouldSay(1, "tests/goldens/sum.txt:1:1: error ARV3008");

        repository.Write("tests/goldens/sum.txt", "3\n");
        (await Judge(repository)).ShouldSay(1, "ARV3002: test.sum failed");
    }

    [ToolFact("node")]
    public async Task Smoke()
    {
        using var repository = new TempFolder().Write("test/smoke/starts.test.mjs", NodeTest.Replace("2)", "3)", StringComparison.Ordinal));
        (await Judge(repository)).ShouldSay(1, "failed   smoke-tests");

        repository.Write("test/smoke/starts.test.mjs", NodeTest);
        (await Judge(repository)).ShouldSay(0, "passed   smoke-tests");
        (await Judge(repository, "--no-exec")).ShouldSay(0, "left out by --no-exec");
    }

    [Fact]
    public async Task The_tests_of_another_runner_are_not_nodes()
    {
        using var repository = new TempFolder().Write("test/contracts/sums.test.js", "process.exit(9)").Write("jest.config.js", "module.exports = {};\n");
        (await Judge(repository)).ShouldSay(0, "/jest.config.* is there");
    }

    [Fact]
    public async Task Vitest_that_is_not_installed_is_refused()
    {
        using var repository = new TempFolder().Write("test/contracts/sums.test.ts", NodeTest).Write("vitest.config.ts", "export default {};\n");
        (await Judge(repository)).ShouldSay(3, "\"node_modules/.bin/vitest\" is not there");

        File.Delete(repository.At("vitest.config.ts"));
        (await Judge(repository)).ShouldSay(0, "skipped vitest/contracts: nothing here is /vitest.config.*");
    }

    /// <summary>With a <c>node_modules</c> that has vitest.</summary>
    [EnvironmentFact("ARV_NODE_MODULES")]
    public async Task Vitest()
    {
        const string Test = "import { expect, test } from 'vitest';\ntest('adds', () => { expect(1 + 1).toBe(2); });\n";
        using var repository = new TempFolder().Write("package.json", "{ \"type\": \"module\" }").Write(".gitignore", "node_modules\n");
        repository.Link("node_modules", Environment.GetEnvironmentVariable("ARV_NODE_MODULES")!);
        repository.Write("test/contracts/sums.test.ts", Test.Replace("2)", "3)", StringComparison.Ordinal));
        (await Judge(repository)).ShouldSay(1, "test/contracts/sums.test.ts:2");

        repository.Write("test/contracts/sums.test.ts", Test);
        (await Judge(repository)).ShouldSay(0, "passed   contract-tests");
    }

    [Fact]
    public async Task A_pytest_that_is_not_there_is_refused()
    {
        using var repository = new TempFolder().Write("tests/contracts/test_sums.py", PythonTest);
        (await Tool.RunAsync(repository.Path, static c => c with { Environment = new Dictionary<string, string> { ["PATH"] = "/nowhere" } }, "run-all"))
            .ShouldSay(3, "\"pytest\" is not in PATH");
    }

    [ToolFact("pytest")]
    public async Task Python()
    {
        using var repository = new TempFolder().Write("tests/contracts/test_sums.py", PythonTest.Replace("== 2", "== 3", StringComparison.Ordinal));
        (await Judge(repository)).ShouldSay(1, "tests/contracts/test_sums.py:2:1: error ARV3002");

        repository.Write("tests/contracts/test_sums.py", PythonTest);
        (await Judge(repository)).ShouldSay(0, "passed   contract-tests");
        Directory.GetDirectories(repository.At("tests/contracts")).ShouldBeEmpty();

        repository.Write("tests/contracts/test_sums.py", "def adds(): pass\n");
        (await Judge(repository)).ShouldSay(1, "exit code 5");
    }

    [ToolFact("go")]
    public async Task Go()
    {
        using var repository = new TempFolder().Write("go.mod", "module example.com/a\n\ngo 1.19\n")
            .Write("test/contracts/sums_test.go", GoTest.Replace("!= 2", "!= 3", StringComparison.Ordinal));
        (await Judge(repository)).ShouldSay(1, "--- FAIL: TestAdds");

        repository.Write("test/contracts/sums_test.go", GoTest);
        (await Judge(repository)).ShouldSay(0, "passed   contract-tests");
    }

    [Fact]
    public async Task Files_of_go_and_rust_without_a_test_are_a_finding()
    {
        using var repository = new TempFolder().Write("test/contracts/sums_test.go", "package contracts\n").Write("tests/contracts.rs", "fn main() {}\n");
        var result = await Judge(repository);
        result.ShouldSay(1, "TST101");
        result.ShouldSay(1, "TST102");
    }

    [ToolFact("cargo")]
    public async Task Rust()
    {
        using var repository = new TempFolder().Write("Cargo.toml", "[package]\nname = 'a'\nversion = '1.0.0'\nedition = '2021'\n").Write("src/lib.rs", "").Write(".gitignore", "target\n")
            .Write("tests/contracts.rs", RustTest.Replace(", 2)", ", 3)", StringComparison.Ordinal));
        (await Judge(repository)).ShouldSay(1, "test result: FAILED. 0 passed; 1 failed");

        repository.Write("tests/contracts.rs", RustTest);
        (await Judge(repository)).ShouldSay(0, "passed   contract-tests");
    }

    [ToolFact("dotnet")]
    public async Task Dotnet()
    {
        using var repository = new TempFolder().Write(".gitignore", "bin/\nobj/\n").Write("Directory.Build.props", "<Project />").Write("tests/A.ContractTests/Sums.cs", DotnetTest.Replace("(2,", "(3,", StringComparison.Ordinal))
            .Write("tests/A.ContractTests/A.ContractTests.csproj", XunitProject.Text());
        // Of a project that is not restored dotnet test says nothing, and exits 0.
        (await Judge(repository)).ShouldSay(3, "no result file");

        Run.Program("dotnet", ["restore", "tests/A.ContractTests"], repository.Path);
        (await Judge(repository)).ShouldSay(1, "tests/A.ContractTests/Sums.cs:1:1: error ARV3002");

        repository.Write("tests/A.ContractTests/Sums.cs", DotnetTest);
        (await Judge(repository)).ShouldSay(0, "passed   contract-tests");
    }

    [Fact]
    public async Task A_folder_of_connectors_that_are_none_of_ours_is_left_alone()
    {
        using var repository = new TempFolder().Write("connectors/source-postgres/index.js");
        (await Judge(repository)).ShouldSay(0, "passed: 2 of 6 gates, 4 skipped");
    }

    [GitFact]
    public async Task Connectors()
    {
        const string Code = "export const connector = 1;\n";
        var sum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Code)));
        using var repository = new TempFolder().Write("connectors/README.md").Write("connectors/a@1.0.0/index.js", Code);
        (await Judge(repository)).ShouldSay(0, "passed: 2 of 6 gates, 4 skipped");

        repository.Write("connectors/a@1.0.0/connector.manifest.json", $$"""{ "id": "a", "version": "1.0.0", "entrypoint": "index.js", "checksum": "sha256:{{sum}}" }""");
        Git.Commit(repository.Path);
        (await Judge(repository)).ShouldSay(0, "passed   connector-supply-chain");

        repository.Write("connectors/a@1.0.0/index.js", Code + "// more\n");
        (await Judge(repository)).ShouldSay(1, "connectors/a@1.0.0/index.js");

        repository.Write("connectors/a@1.0.0/index.js", Code).Write("connectors/b/index.js", Code);
        (await Judge(repository)).ShouldSay(1, "ARV0101");

        Directory.Delete(repository.At("connectors/b"), recursive: true);
        repository.Write("connectors/a@1.0.0/install-receipt.json", """{ "signatureVerified": true }""");
        (await Judge(repository)).ShouldSay(1, "failed   connector-supply-chain");
    }

    private static Task<Tool.Result> Judge(TempFolder repository, params string[] args) => Tool.RunAsync(repository.Path, static c => c with { Environment = Caller() }, ["run-all", .. args]);

    /// <summary>What a user's shell has; not what the host of these tests has set for itself.</summary>
    private static Dictionary<string, string> Caller() =>
        new[] { "PATH", "HOME", "DOTNET_ROOT", "CARGO_HOME", "RUSTUP_HOME", "GOROOT", "NUGET_PACKAGES", "TMPDIR" }
            .Where(static name => Environment.GetEnvironmentVariable(name) is not null)
            .ToDictionary(static name => name, static name => Environment.GetEnvironmentVariable(name)!);
}
