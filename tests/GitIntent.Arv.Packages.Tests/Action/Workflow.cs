using GitIntent.Arv.Packages.Tests.Support;
using GitIntent.Arv.Tests.GitHub.Api;

namespace GitIntent.Arv.Packages.Tests.Action;

internal sealed record StepRun(ActionStep Step, DotNet.Result Result, IReadOnlyDictionary<string, string> Outputs, string Summary);

/// <param name="Succeeded">Whether the step of the workflow that uses the action is green.</param>
internal sealed record ActionRun(bool Succeeded, IReadOnlyList<StepRun> Steps, IReadOnlyDictionary<string, string> Outputs)
{
    public string Log => string.Concat(Steps.Select(static s => s.Result.Output));

    public string Summary => string.Concat(Steps.Select(static s => s.Summary));

    public IReadOnlyList<RunnerCommand> Commands => RunnerCommands.In(Steps.SelectMany(static s => s.Result.Lines));
}

/// <summary>
/// Runs the steps of the action as a runner does: inputs and contexts by expressions, a fresh set of files for each step, bash with the runner's options, the repository as
/// the working folder, what a step writes into GITHUB_ENV and GITHUB_PATH for those after it.
/// </summary>
internal sealed class Workflow
{
    /// <summary>What <c>github.token</c> is.</summary>
    public const string Token = FakeGitHub.Token;

    private readonly Sandbox _user;
    private readonly string _action;
    private readonly Dictionary<string, string> _inputs = [];
    private readonly Dictionary<string, string> _environment = [];
    private int _files;

    private Workflow(Sandbox user, string action)
    {
        _user = user;
        _action = action;
        Directory.CreateDirectory(Temp);
    }

    /// <summary>RUNNER_TEMP: beside the repository, never in it.</summary>
    public string Temp => Path.GetFullPath(_user.At("../_temp"));

    /// <summary><c>uses: owner/repo@v1</c>: the action, and what it uses of its repository, outside of the one that is judged.</summary>
    public static Workflow OfTag(Sandbox user)
    {
        var action = Path.GetFullPath(user.At("../_actions/owner/repo/v1"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Feed.Root, ".github", "action")).Append(Path.Combine(Feed.Root, "action.yml")).Append(Path.Combine(Feed.Root, "Directory.Build.props")))
        {
            var copy = Path.Combine(action, Path.GetRelativePath(Feed.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        return new Workflow(user, action);
    }

    /// <summary><c>uses: ./action</c>: the sources are part of the checkout.</summary>
    public static Workflow OfCheckout(Sandbox user)
    {
        Directory.CreateSymbolicLink(user.At("action"), Feed.Root);
        return new Workflow(user, user.At("./action"));
    }

    public Workflow With(string input, string value)
    {
        _inputs[input] = value;
        return this;
    }

    public Workflow Environment(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    public async Task<ActionRun> RunAsync()
    {
        var file = new ActionFile(Path.Combine(_action, "action.yml"));
        _inputs.Keys.ShouldBeSubsetOf(file.Inputs.Keys);
        var outputs = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        var expressions = new Expressions(name => Context(name, file, outputs));
        var environment = new Dictionary<string, string>(_environment);
        var steps = new List<StepRun>();
        var failed = false;
        foreach (var step in file.Steps.Where(step => expressions.Holds(step.If, failed)))
        {
            var run = await RunAsync(step, expressions, environment);
            steps.Add(run);
            if (step.Id is { } id) outputs[id] = run.Outputs;
            failed |= run.Result.ExitCode != 0 && !step.ContinueOnError;
        }

        return new ActionRun(!failed, steps, file.Outputs.ToDictionary(static o => o.Key, o => expressions.Fill(o.Value)));
    }

    private string Context(string name, ActionFile file, Dictionary<string, IReadOnlyDictionary<string, string>> outputs) => name.Split('.') switch
    {
        ["inputs", var input] => _inputs.GetValueOrDefault(input) ?? new Expressions(inner => Context(inner, file, outputs)).Fill(file.Inputs[input]),
        ["github", "token"] => Token,
        ["toJSON(matrix)"] => "null",
        ["steps", var step, "outputs", var output] => outputs.GetValueOrDefault(step)?.GetValueOrDefault(output) ?? "",
        _ => throw new NotSupportedException(name),
    };

    private async Task<StepRun> RunAsync(ActionStep step, Expressions expressions, Dictionary<string, string> environment)
    {
        step.Shell.ShouldBe("bash");
        var files = Directory.CreateDirectory(Path.Combine(Temp, "_runner_file_commands", $"{++_files}")).FullName;
        string New(string name, string text = "")
        {
            File.WriteAllText(Path.Combine(files, name), text);
            return Path.Combine(files, name);
        }

        // The runner's own line: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
        var start = _user.Start("/bin/bash", "--noprofile", "--norc", "-e", "-o", "pipefail", New("script.sh", step.Run));
        foreach (var name in start.Environment.Keys.Where(static n => n.StartsWith("GITHUB_", StringComparison.Ordinal) || n.StartsWith("RUNNER_", StringComparison.Ordinal) || n.StartsWith("ACTIONS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        (string Name, string Value)[] own =
        [
            ("CI", "true"), ("GITHUB_ACTIONS", "true"), ("GITHUB_WORKSPACE", _user.Folder), ("GITHUB_ACTION_PATH", _action), ("RUNNER_TEMP", Temp), ("GITHUB_OUTPUT", New("output")),
            ("GITHUB_STEP_SUMMARY", New("summary")), ("GITHUB_ENV", New("env")), ("GITHUB_PATH", New("path")), ("GITHUB_STATE", New("state")),
        ];
        foreach (var (name, value) in own.Concat(environment.Select(static e => (e.Key, e.Value))).Concat(step.Env.Select(e => (e.Key, expressions.Fill(e.Value)))))
            start.Environment[name] = value;

        var result = await DotNet.RunAsync(start);
        foreach (var (name, value) in RunnerCommands.Values(Path.Combine(files, "env")))
            environment[name] = value;
        File.ReadAllText(Path.Combine(files, "path")).ShouldBe("", "the action puts nothing into the path of later steps");
        return new StepRun(step, result, RunnerCommands.Values(Path.Combine(files, "output")), File.ReadAllText(Path.Combine(files, "summary")));
    }
}
