using System.Collections.Immutable;
using System.CommandLine;
using GitIntent.Arv.Config;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.Cli.Commands;

/// <summary>The options that <c>run-all</c> and <c>run</c> share.</summary>
internal sealed class RunOptionSet
{
    private readonly Option<bool> _noExec = CliOptions.NoExec();
    private readonly Option<int?> _jobs = CliOptions.Jobs();
    private readonly Option<bool> _failFast = CliOptions.FailFast();
    private readonly Option<string?> _timeout = CliOptions.Timeout();
    private readonly Option<bool> _strict = CliOptions.Strict();
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Exit 23 where another run is under way in this tree, instead of waiting for it." };
    // For programs that start this one: the MSBuild task.
    private readonly Option<int?> _parent = new("--parent") { HelpName = "PID", Description = "End when this process has ended.", Hidden = true };
    private readonly Option<string?> _log = CliOptions.Text("--log", "FILE", "Append what happens in the run to this file, as JSON lines.");
    private readonly Option<string?> _gitHub = CliOptions.GitHub(
        "Show the run in a workflow: off, auto, or some of commands,summary,check,comment,output; each but off gives outputs too. Default: auto, what there is in GitHub Actions, else off. Check and comment need a token in ARV_GITHUB_TOKEN or GITHUB_TOKEN.");
    private readonly ImmutableArray<(IReporter Reporter, Option<string?> Option)> _reports =
        [.. Reporters.All.Select(static r => (r, CliOptions.Text("--" + r.Name, "FILE", $"Write the report as {r.Title} to this file; - is standard output.")))];

    public Option<string?> Config { get; } = CliOptions.Config();

    public void AddTo(Command command)
    {
        Option[] options = [_noExec, _jobs, _failFast, _timeout, _strict, _noWait, _parent, _log, _gitHub, .. _reports.Select(static r => r.Option)];
        foreach (var option in options)
            command.Options.Add(option);
    }

    public RunRequest Read(ParseResult parsed, string? root, string[]? only, string[]? skip) => new()
    {
        Root = root,
        Config = parsed.GetValue(Config),
        Only = only is { Length: > 0 } ? [.. only] : null,
        Skip = [.. skip ?? []],
        NoExec = parsed.GetValue(_noExec),
        Jobs = parsed.GetValue(_jobs),
        FailFast = parsed.GetValue(_failFast),
        Timeout = Duration.TryParse(parsed.GetValue(_timeout) ?? "", out var timeout) ? timeout : null,
        Strict = parsed.GetValue(_strict),
        NoWait = parsed.GetValue(_noWait),
        Parent = parsed.GetValue(_parent),
        Log = parsed.GetValue(_log),
        GitHub = parsed.GetValue(_gitHub) ?? "auto",
        Reports = [.. _reports.Where(r => parsed.GetValue(r.Option) is not null).Select(r => (r.Reporter, parsed.GetValue(r.Option)!))],
    };
}
