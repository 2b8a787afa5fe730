using System.CommandLine;
using GitIntent.Arv.Config;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Model;
using GitIntent.Arv.Planning;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.Cli.Commands;

/// <summary>What a gate, a check or a rule wants, why, what it finds and what it does not, and how to mend it.</summary>
internal static class ExplainCommand
{
    public static Command Create(CliContext context)
    {
        var id = new Argument<string>("ID") { Description = "A gate, a check (gate/check) or a rule (ABC001, ARV1001)." };
        var root = CliOptions.Root();
        var config = CliOptions.Config();
        var command = new Command("explain", "What a gate, check or rule wants, why, its examples, and how to mend what it finds.") { id, root, config };
        command.SetAction(parsed => Explain(parsed.GetValue(id)!, PlanLoader.Load(parsed.GetValue(root), parsed.GetValue(config), context).Plan, context.OutLines));
        return command;
    }

    private static int Explain(string id, Plan plan, TextWriter output)
    {
        var checks = plan.Gates.SelectMany(static g => g.Checks).ToList();
        if (plan.Gate(id) is { } gate)
        {
            output.WriteLine($"gate {gate.Id}: {EscapeTerminal.Text(gate.Title)}");
            foreach (var check in gate.Checks)
                Write(check, output);
        }
        else if (checks.FirstOrDefault(c => c.FullId == id) is { } check)
        {
            Write(check, output);
        }
        else if (!WriteRule(id, checks, output))
        {
            var known = plan.Gates.Select(static g => g.Id).Concat(checks.Select(static c => c.FullId)).Concat(checks.SelectMany(static c => c.Check.Rules).Select(static r => r.Id))
                .Concat(CheckKinds.All.SelectMany(static k => k.Codes).Select(static r => r.Id)).Distinct(StringComparer.Ordinal).ToList();
            throw new CliException(ExitCodes.NotFound, $"error: there is no gate, check or rule \"{id}\";{Words.DidYouMean(id, known)} see dotnet arv list");
        }
        return ExitCodes.Ready;
    }

    private static bool WriteRule(string id, List<PlannedCheck> checks, TextWriter output)
    {
        var found = checks.SelectMany(static c => c.Check.Rules.Select(r => (Check: c, Rule: r))).Where(x => x.Rule.Id == id).ToList();
        foreach (var (check, rule) in found)
        {
            Write(rule, "", output);
            output.WriteLine($"  in check {check.FullId}");
        }
        if (found.Count > 0)
            return true;
        // A code of a kind that no check of this repository has: the report of another may hold it.
        if (CheckKinds.All.SelectMany(static k => k.Codes).FirstOrDefault(r => r.Id == id) is not { } code)
            return false;
        Write(code, "", output);
        return true;
    }

    private static void Write(PlannedCheck check, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"check {check.FullId} ({check.Kind}): {EscapeTerminal.Text(check.Title)}");
        if (check.Off is { } off)
            output.WriteLine($"  off: {EscapeTerminal.Text(off)}");
        output.WriteLine($"  {CheckKinds.Find(check.Kind)?.Doc ?? "One of several blocks must pass."}");
        foreach (var rule in check.Check.Rules)
            Write(rule, "  ", output);
    }

    private static void Write(RuleInfo rule, string indent, TextWriter output)
    {
        output.WriteLine($"{indent}{rule.Id} ({rule.Severity.ToString().ToLowerInvariant()}): {EscapeTerminal.Text(rule.Message)}");
        Line("looks", rule.Looks);
        Line("cost", rule.Cost);
        Line("off", rule.Reason);
        foreach (var example in rule.Invalid)
            Line("red", example);
        foreach (var example in rule.Valid)
            Line("green", example);
        Line("remedy", rule.Remedy);
        Line("help", rule.Help);

        void Line(string name, string? text)
        {
            if (text is not null)
                output.WriteLine($"{indent}  {name.PadRight(6)}  {EscapeTerminal.Text(text)}");
        }
    }
}
