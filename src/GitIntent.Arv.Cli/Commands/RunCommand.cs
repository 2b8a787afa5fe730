using System.CommandLine;

namespace GitIntent.Arv.Cli.Commands;

internal static class RunCommand
{
    public static Command Create(CliContext context)
    {
        var gates = new Argument<string[]>("GATE") { Description = "The gates to run, and what they need.", Arity = ArgumentArity.OneOrMore };
        var root = CliOptions.Root();
        var run = new RunOptionSet();
        var command = new Command("run", "Run some gates, and what they need.") { gates, root, run.Config };
        run.AddTo(command);
        command.SetAction((parsed, _) => RunSession.RunAsync(run.Read(parsed, parsed.GetValue(root), parsed.GetValue(gates), []), context));
        return command;
    }
}
