using System.CommandLine;
using GitIntent.Arv.Config;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Cli.Commands;

internal static class ConfigCommand
{
    public static Command Create(CliContext context) => new("config", "Check, show and describe the configuration.")
    {
        Check(context),
        Show(context),
        Schema(context),
    };

    private static Command Check(CliContext context)
    {
        var root = CliOptions.Root();
        var config = CliOptions.Config();
        var command = new Command("check", "Read the configuration, try the examples of its rules, and say what is wrong with it.") { root, config };
        command.SetAction(parsed =>
        {
            var loaded = PlanLoader.Load(parsed.GetValue(root), parsed.GetValue(config), context);
            var checks = loaded.Plan.Gates.SelectMany(static g => g.Checks).ToList();
            context.OutLines.WriteLine($"{Reporting.EscapeTerminal.Text(loaded.Name)}: good: {Reporting.Phrases.Count(loaded.Plan.Gates.Length, "gate")}, {Reporting.Phrases.Count(checks.Count, "check")}, {Reporting.Phrases.Count(checks.Sum(static c => c.Check.Rules.Length), "rule")}");
            return ExitCodes.Ready;
        });
        return command;
    }

    private static Command Show(CliContext context)
    {
        var root = CliOptions.Root();
        var config = CliOptions.Config();
        var command = new Command("show", "Print the configuration with what it extends merged in, and where each value comes from.") { root, config };
        command.SetAction(parsed =>
        {
            ConfigPrinter.Write(PlanLoader.Load(parsed.GetValue(root), parsed.GetValue(config), context).Document.Root, context.OutLines);
            return ExitCodes.Ready;
        });
        return command;
    }

    private static Command Schema(CliContext context)
    {
        var command = new Command("schema", "Print the JSON Schema of the configuration, for editors.");
        command.SetAction(_ =>
        {
            context.OutLines.Write(ConfigSchema.Text());
            return ExitCodes.Ready;
        });
        return command;
    }
}
