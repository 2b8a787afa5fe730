using System.CommandLine;
using GitIntent.Arv.Cli.Publishing;
using GitIntent.Arv.GitHub;

namespace GitIntent.Arv.Cli.Commands;

internal static class AnnotateCommand
{
    public static Command Create(CliContext context)
    {
        var report = new Argument<string>("REPORT") { Description = "The report that run-all --json wrote." };
        var trusted = new Option<bool>("--trusted") { Description = "This workflow's own job made the report: a pass is a success. Without it, no report of a change is more than neutral." };
        var where = CliOptions.GitHub("Where to show it: off, auto, or some of commands,summary,check,comment. Default: auto, a check and a comment in GitHub Actions; where there can be no check, the step summary.");
        where.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && ChannelChoice.TryParse(token.Value, out var choice) && choice.Named.Contains(Channel.Output))
                result.AddError($"--github: expected off, auto, or some of commands,summary,check,comment, found \"{token.Value}\": outputs are those of the step that ran the gates");
        });
        var prefix = CliOptions.Text("--prefix", "FOLDER", "The folder in the repository that the report's paths start at. Default: its top.");
        prefix.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value.Length: > 0 } token] && Prefix(token.Value) is null)
                result.AddError($"--prefix: expected a folder in the repository, such as src/api, found \"{token.Value}\"");
        });
        var command = new Command("annotate", "Show a report that another job made, on its pull request.") { report, trusted, where, prefix };
        command.SetAction((parsed, _) => AnnotateSession.RunAsync(
            new AnnotateRequest
            {
                Report = parsed.GetValue(report)!,
                IsTrusted = parsed.GetValue(trusted),
                Choice = ChannelChoice.TryParse(parsed.GetValue(where) ?? "auto", out var choice) ? choice : ChannelChoice.Off,
                Prefix = Prefix(parsed.GetValue(prefix) ?? ".")!,
            },
            context));
        return command;
    }

    /// <returns>Empty for the top, else with a slash at its end; null where the folder is not in the repository.</returns>
    private static string? Prefix(string folder)
    {
        if (folder.StartsWith('/') || folder.Contains('\\', StringComparison.Ordinal)) return null;

        var parts = folder.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(static part => part != ".").ToList();
        return parts.Contains("..") ? null : string.Concat(parts.Select(static part => part + "/"));
    }
}
