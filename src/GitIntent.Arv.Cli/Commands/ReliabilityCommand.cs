using System.Collections.Immutable;
using System.CommandLine;
using GitIntent.Arv.Config;
using GitIntent.Arv.Kinds.Reliability;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.Cli.Commands;

internal static class ReliabilityCommand
{
    public static Command Create(CliContext context)
    {
        var targets = new Option<string[]>("--target") { HelpName = "URI", Description = "What to judge: memory:, sqlite:PATH or assembly:PATH; may be given several times. Default: memory:", Arity = ArgumentArity.OneOrMore };
        var checks = new Option<string[]>("--checks")
        {
            HelpName = "CHECK,..",
            Description = $"Only these checks: {string.Join(",", ReliabilityIds.All.Select(static c => c.Id))}. Default: all.",
            CustomParser = static result => [.. result.Tokens.SelectMany(static t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
            Arity = ArgumentArity.OneOrMore,
        };
        checks.Validators.Add(static result =>
        {
            var known = ReliabilityIds.All.Select(static c => c.Id).ToList();
            foreach (var id in result.Tokens.SelectMany(static t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Except(known))
                result.AddError($"--checks: there is no check \"{id}\";{Words.DidYouMean(id, known)} expected some of {string.Join(", ", known)}");
        });
        var seed = new Option<int?>("--seed") { HelpName = "N", Description = "What random histories are made from; the same number makes the same ones. Default: 1." };
        seed.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var number) || number < 0))
                result.AddError($"--seed: expected a whole number from 0 to {int.MaxValue}, found \"{token.Value}\"");
        });
        var limit = CliOptions.CheckTimeout();
        ImmutableArray<(IReporter Reporter, Option<string?> Option)> reports =
            [.. Reporters.All.Select(static r => (r, CliOptions.Text("--" + r.Name, "FILE", $"Write the report as {r.Title} to this file; - is standard output.")))];
        var command = new Command("reliability", "Judge an implementation of locks, idempotency, resume and errors by its promises.") { targets, checks, seed, limit };
        foreach (var (_, option) in reports)
            command.Options.Add(option);
        command.SetAction((parsed, _) => ReliabilitySession.RunAsync(
            parsed.GetValue(targets) is { Length: > 0 } named ? named : ["memory:"],
            [.. parsed.GetValue(checks) ?? []],
            parsed.GetValue(seed) ?? ReliabilityKind.DefaultSeed,
            Duration.TryParse(parsed.GetValue(limit) ?? "", out var time) ? time : null,
            [.. reports.Where(r => parsed.GetValue(r.Option) is not null).Select(r => (r.Reporter, parsed.GetValue(r.Option)!))],
            context));
        return command;
    }
}
