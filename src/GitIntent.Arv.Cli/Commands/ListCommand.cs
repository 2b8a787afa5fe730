using System.CommandLine;
using GitIntent.Arv.Model;
using GitIntent.Arv.Planning;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.Cli.Commands;

internal static class ListCommand
{
    public static Command Create(CliContext context)
    {
        var root = CliOptions.Root();
        var config = CliOptions.Config();
        var command = new Command("list", "The gates and their checks, a line each.") { root, config };
        command.SetAction(parsed => Write(PlanLoader.Load(parsed.GetValue(root), parsed.GetValue(config), context).Plan, context.OutLines));
        return command;
    }

    private static int Write(Plan plan, TextWriter output)
    {
        var width = plan.Gates.SelectMany(static g => g.Checks.Select(static c => c.Id.Length + 2).Append(g.Id.Length)).Max();
        foreach (var gate in plan.Gates)
        {
            output.WriteLine($"{gate.Id.PadRight(width)}  {EscapeTerminal.Text(gate.Title)}");
            foreach (var check in gate.Checks)
                output.WriteLine($"  {check.Id.PadRight(width - 2)}  {check.Kind}{Rules(check)}{Off(check)}");
        }
        return ExitCodes.Ready;
    }

    private static string Rules(PlannedCheck check) =>
        check.Check.Rules.IsEmpty ? "" : " " + string.Join(" ", check.Check.Rules.Select(static r => r.Id).Distinct(StringComparer.Ordinal));

    private static string Off(PlannedCheck check) => check.Off is { } reason ? $" (off: {EscapeTerminal.Text(reason)})" : "";
}
