using System.CommandLine;

namespace GitIntent.Arv.Cli.Commands;

internal static class RunAllCommand
{
    public static Command Create(CliContext context)
    {
        var path = CliOptions.Path();
        var only = CliOptions.Only();
        var skip = CliOptions.Skip();
        var run = new RunOptionSet();
        var command = new Command("run-all", "Run every gate, and say whether the repository is ready.") { path, run.Config, only, skip };
        run.AddTo(command);
        command.SetAction((parsed, _) => RunSession.RunAsync(run.Read(parsed, parsed.GetValue(path), parsed.GetValue(only), parsed.GetValue(skip)), context));
        return command;
    }
}
