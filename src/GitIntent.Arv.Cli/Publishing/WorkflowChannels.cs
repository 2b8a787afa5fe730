using GitIntent.Arv.GitHub;
using GitIntent.Arv.Model;
using GitIntent.Arv.Reporting;
using GitIntent.Arv.Scope;

namespace GitIntent.Arv.Cli.Publishing;

/// <summary>Shows a run in the workflow that it is part of. Neither verdict nor exit code depends on whether that worked.</summary>
internal static class WorkflowChannels
{
    public static async Task PublishAsync(RunRequest request, RunReport report, string root, CliContext context)
    {
        if (!ChannelChoice.TryParse(request.GitHub, out var choice) || choice.IsOff) return;
        // A run inside another is part of what that one shows.
        if (choice.IsAuto && (!context.IsGitHubActions || context.Variable(RunMarker.Variable) is not null)) return;

        var workflow = WorkflowContext.Read(context.Variable);
        var token = GitHubToken.Of(context.Variable);
        var remote = new RemoteRequest
        {
            Report = report,
            Workflow = workflow,
            Prefix = Way(RootFinder.TopLevel(root) ?? root, root) ?? "",
            Judged = report.Repository.Commit ?? workflow.Sha,
            Check = choice.Has(Channel.Check) && (token is not null || !choice.IsAuto),
            Comment = choice.Has(Channel.Comment) && (!choice.IsAuto || (token is not null && workflow.Event.PullRequest is not null)),
        };
        var accounts = await RemoteChannels.PublishAsync(remote, token, context).ConfigureAwait(false);
        using var lines = new StringWriter { NewLine = "\n" };
        if (choice.Has(Channel.Commands))
        {
            accounts.Add(choice.IsAuto && accounts.Any(static a => a is { Channel: Channel.Check, IsReached: true })
                ? new ChannelAccount(Channel.Commands, ChannelOutcome.Unneeded, "the check has the annotations")
                : WorkflowCommands.Write(report, Way(context.Variable("GITHUB_WORKSPACE"), root), lines));
        }

        if (choice.Has(Channel.Summary))
            accounts.Add(StepSummary.Write(report, context.Variable("GITHUB_STEP_SUMMARY")));
        accounts.Add(StepOutput.Write(report, context.Variable("GITHUB_OUTPUT"), Json(request, context), context.NewWord));
        await ChannelAccounts.SayAsync(accounts, lines, request.Reports.Any(static r => r.Path == ReportWriter.StandardOutput) ? context.Error : context.Out, context).ConfigureAwait(false);
    }

    /// <returns>What leads from the folder down to the root: empty, or with a slash at its end; null where the root is not in it.</returns>
    private static string? Way(string? folder, string root)
    {
        if (folder is null) return "";

        var way = Path.GetRelativePath(folder, root).Replace(Path.DirectorySeparatorChar, '/');
        if (way == ".") return "";

        return Path.IsPathRooted(way) || way == ".." || way.StartsWith("../", StringComparison.Ordinal) ? null : way + "/";
    }

    private static string Json(RunRequest request, CliContext context) => request.Reports
        .Where(static r => r.Reporter is JsonReporter && r.Path != ReportWriter.StandardOutput)
        .Select(r => Path.GetFullPath(r.Path, context.CurrentDirectory)).FirstOrDefault("");
}
