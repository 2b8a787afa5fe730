using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using GitIntent.Arv.Config;
using GitIntent.Arv.Model;
using GitIntent.Arv.Planning;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.Cli.Commands;

internal static class PlanCommand
{
    public static Command Create(CliContext context)
    {
        var root = CliOptions.Root();
        var config = CliOptions.Config();
        var command = new Command("plan", "What a run would do: every check with its inputs, conditions and rules.") { root, config };
        command.SetAction(parsed =>
        {
            var loaded = PlanLoader.Load(parsed.GetValue(root), parsed.GetValue(config), context);
            Write(loaded, context.OutLines);
            return ExitCodes.Ready;
        });
        return command;
    }

    private static void Write(LoadedPlan loaded, TextWriter output)
    {
        output.WriteLine($"plan    {loaded.Plan.Digest}");
        output.WriteLine($"config  {EscapeTerminal.Text(loaded.Name)}");
        foreach (var gate in loaded.Plan.Gates)
        {
            output.WriteLine();
            output.WriteLine($"{gate.Id}: {EscapeTerminal.Text(gate.Title)}");
            foreach (var check in gate.Checks)
                Write(check, output);
        }
    }

    private static void Write(PlannedCheck check, TextWriter output)
    {
        output.WriteLine($"  {check.Id} ({check.Kind}): {EscapeTerminal.Text(check.Title)}");
        Line("off", check.Off);
        Line("for each", check.ForEach is { } each ? each.As is null ? each.Pattern : $"{each.Pattern} as {each.As.Text}" : null);
        foreach (var let in check.Let)
            Line("let", $"{let.Name} = {let.File.Raw}#{let.Pointer}");
        Line("when", When(check.When));
        Line("needs", check.Needs.IsEmpty ? null : string.Join(", ", check.Needs.Select(n => n.Gate == check.Gate ? n.Check : $"{n.Gate}/{n.Check}")));
        Line("include", Patterns(check.Include));
        Line("exclude", Patterns(check.Exclude));
        Line("ignored", check.Ignored ? "files that git ignores count too" : null);
        Line("inputs", check.MinInputs > 1 ? string.Create(CultureInfo.InvariantCulture, $"at least {check.MinInputs}") : null);
        Line("timeout", check.OwnTimeout is { } timeout ? Duration.Format(timeout) : null);
        foreach (var rule in check.Check.Rules)
            Line(rule.Id, $"{rule.Severity.ToString().ToLowerInvariant()}: {rule.Looks ?? rule.Message}{(rule.Reason is { } reason ? $" ({reason})" : "")}{(rule.Cost is { } cost ? $" [{cost}]" : "")}");

        void Line(string name, string? text)
        {
            if (text is not null)
                output.WriteLine($"    {name.PadRight(8)}  {EscapeTerminal.Text(text)}");
        }
    }

    private static string? Patterns(ImmutableArray<Template> patterns) =>
        patterns.IsEmpty ? null : string.Join(" ", patterns.Select(static p => p.Raw));

    private static string? When(ImmutableArray<When> all) => all.IsEmpty ? null : string.Join(", and ", all.Select(static when => string.Join(", ",
        when.Exists.Select(static t => $"exists {t.Raw}").Concat(when.Missing.Select(static t => $"missing {t.Raw}")))));
}
