using GitIntent.Arv.GitHub;
using GitIntent.Arv.Model;
using GitIntent.Arv.Reporting;
using GitIntent.Arv.Scope;

namespace GitIntent.Arv.Cli;

/// <summary>Shows a run in the workflow that it is part of. Neither verdict nor exit code depends on whether that worked.</summary>
internal static class WorkflowChannels
{
    public static async Task PublishAsync(RunRequest request, RunReport report, string root, CliContext context)
    {
        // A run inside another is part of what that one shows.
        var isOutermost = context.Variable(RunMarker.Variable) is null;
        if (!ChannelChoice.TryParse(request.GitHub, context.IsGitHubActions && isOutermost, out var choice) || choice.IsOff) return;

        using var lines = new StringWriter { NewLine = "\n" };
        if (choice.Commands)
            lines.WriteLine(WorkflowCommands.Write(report, Prefix(root, context.Variable("GITHUB_WORKSPACE")), lines));
        if (choice.Summary)
            lines.WriteLine(StepSummary.Write(report, context.Variable("GITHUB_STEP_SUMMARY")));
        lines.WriteLine(StepOutput.Write(report, context.Variable("GITHUB_OUTPUT"), Json(request, context), context.NewWord));

        // The runner reads both streams.
        var output = request.Reports.Any(static r => r.Path == ReportWriter.StandardOutput) ? context.Error : context.Out;
        try
        {
            await output.WriteAsync(lines.ToString()).ConfigureAwait(false);
            await output.FlushAsync().ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await context.Error.WriteLineAsync(EscapeTerminal.Text($"error: cannot write the workflow commands: {e.Message}")).ConfigureAwait(false);
        }
    }

    private static string? Prefix(string root, string? workspace)
    {
        if (workspace is null) return "";

        var way = Path.GetRelativePath(workspace, root).Replace(Path.DirectorySeparatorChar, '/');
        if (way == ".") return "";

        return Path.IsPathRooted(way) || way == ".." || way.StartsWith("../", StringComparison.Ordinal) ? null : way + "/";
    }

    private static string Json(RunRequest request, CliContext context) => request.Reports
        .Where(static r => r.Reporter is JsonReporter && r.Path != ReportWriter.StandardOutput)
        .Select(r => Path.GetFullPath(r.Path, context.CurrentDirectory)).FirstOrDefault("");
}
