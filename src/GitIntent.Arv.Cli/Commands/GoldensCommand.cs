using System.CommandLine;

namespace GitIntent.Arv.Cli.Commands;

internal static class GoldensCommand
{
    public static Command Create(CliContext context)
    {
        var gates = new Argument<string[]>("GATE") { Description = "Only the goldens of these gates. Default: all.", Arity = ArgumentArity.ZeroOrMore };
        var root = CliOptions.Root();
        var config = CliOptions.Config();
        var accept = new Command("accept", "Run the commands that have a golden, make what they print the golden, and show what changed.") { gates, root, config };
        accept.SetAction((parsed, _) => GoldensSession.RunAsync(PlanLoader.Load(parsed.GetValue(root), parsed.GetValue(config), context), parsed.GetValue(gates) ?? [], context));
        return new Command("goldens", "Expected outputs: nothing but accept ever writes one.") { accept };
    }
}
