using GitIntent.Arv.GitHub;
using GitIntent.Arv.Model;
using GitIntent.Arv.Policy;
using GitIntent.Arv.Reporting;
using GitIntent.Arv.Scope;

namespace GitIntent.Arv.Cli.Publishing;

/// <summary>Shows a report that another job made.</summary>
internal static class AnnotateSession
{
    public static async Task<int> RunAsync(AnnotateRequest request, CliContext context)
    {
        var report = Redacted(Read(request.Report, context), context);
        if (request.Choice.IsOff || (request.Choice.IsAuto && !context.IsGitHubActions))
        {
            await context.OutLines.WriteLineAsync($"{EscapeTerminal.Text(request.Report)}: {ShortMarkdown.Title(report)}; shown nowhere: {(request.Choice.IsOff ? "--github is off" : "this is no workflow of GitHub Actions")}").ConfigureAwait(false);
            await context.OutLines.FlushAsync().ConfigureAwait(false);
            return ExitCodes.Ready;
        }

        var workflow = WorkflowContext.Read(context.Variable);
        var remote = new RemoteRequest
        {
            Report = report,
            Workflow = workflow,
            Prefix = request.Prefix,
            Judged = report.Repository.Commit,
            Check = request.Choice.Has(Channel.Check),
            Comment = request.Choice.Has(Channel.Comment),
            IsUnverified = !request.IsTrusted,
        };
        var accounts = await RemoteChannels.PublishAsync(remote, GitHubToken.Of(context.Variable), context).ConfigureAwait(false);
        var isRefused = accounts.Any(static a => a.Outcome == ChannelOutcome.Refused);
        using var lines = new StringWriter { NewLine = "\n" };
        if (!isRefused)
            AddOfTheStep(accounts, remote, request.Choice, lines, context);
        if (!request.IsTrusted && !isRefused)
            lines.WriteLine($"Verdict and findings: {ShortMarkdown.Unverified}.");
        await ChannelAccounts.SayAsync(accounts, lines, context.Out, context).ConfigureAwait(false);
        return isRefused ? ExitCodes.Refused : accounts.Any(static a => a.IsReached || a.Outcome == ChannelOutcome.Unneeded) ? ExitCodes.Ready : ExitCodes.Machine;
    }

    /// <summary>The step's own channels where they are named; by default the first that works where there is no check.</summary>
    private static void AddOfTheStep(List<ChannelAccount> accounts, RemoteRequest remote, ChannelChoice choice, StringWriter lines, CliContext context)
    {
        var isShown = choice.IsAuto && accounts.Any(static a => a is { Channel: Channel.Check, IsReached: true });
        if (choice.Has(Channel.Summary) && !isShown)
        {
            var account = StepSummary.Write(remote.Report, context.Variable("GITHUB_STEP_SUMMARY"), PublicationMaker.Options(remote.Workflow, "# arv", remote.IsUnverified));
            accounts.Add(account);
            isShown = choice.IsAuto && account.IsReached;
        }

        // The runner would show a path at its own commit, which need not be the report's.
        if (choice.Has(Channel.Commands) && !isShown)
            accounts.Add(WorkflowCommands.Write(remote.Report, prefix: null, lines));
    }

    /// <exception cref="CliException">It cannot be read, or is no report.</exception>
    private static RunReport Read(string name, CliContext context)
    {
        try
        {
            var bytes = BoundedFile.Read(Path.GetFullPath(name, context.CurrentDirectory), ReportFileReader.LargestFile)
                ?? throw new CliException(ExitCodes.Usage, $"error: {name}: the report has more than {ReportFileReader.LargestFile >> 20} MB; expected one that arv wrote");
            return ReportFileReader.Read(name, bytes);
        }
        catch (ReportFormException e)
        {
            throw new CliException(ExitCodes.Usage, $"error: {e.Message}");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException(ExitCodes.NotFound, $"error: {name}: there is no such file; expected the report that run-all --json wrote");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException(ExitCodes.Machine, $"error: {name}: the report cannot be read: {e.Message}");
        }
    }

    /// <summary>Secrets of this job may have been in reach of the one that made the report.</summary>
    private static RunReport Redacted(RunReport report, CliContext context)
    {
        var redaction = new Redaction(new Redactor(ChildEnvironment.Secrets(context.Environment)));
        return redaction.Of(report with { Gates = [.. report.Gates.Select(gate => redaction.Of(gate with { Checks = [.. gate.Checks.Select(redaction.Of)] }))] });
    }
}
