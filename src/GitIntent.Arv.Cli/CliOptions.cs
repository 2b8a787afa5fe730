using System.CommandLine;
using GitIntent.Arv.Config;
using GitIntent.Arv.GitHub;

namespace GitIntent.Arv.Cli;

/// <summary>The options of commands that run gates or read the plan.</summary>
internal static class CliOptions
{
    public static Argument<string?> Path() => new("PATH")
    {
        Description = "The repository. Default: the nearest folder upward with an arv.yml, else git's top level, else the current folder.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Option<string?> Root() => Text("--root", "PATH", "The repository, as PATH of run-all.");

    public static Option<string?> Config() => Text("--config", "FILE", "The configuration. Default: arv.yml in the root; without one, the preset \"default\".");

    public static Option<string[]> Only() => Ids("--only", "Run only these gates, and what they need: a,b");

    public static Option<string[]> Skip() => Ids("--skip", "Leave these gates out: a,b");

    public static Option<bool> NoExec() => new("--no-exec") { Description = "Leave out checks that run commands." };

    public static Option<bool> FailFast() => new("--fail-fast") { Description = "Start nothing more once a gate has failed." };

    public static Option<bool> Strict() => new("--strict") { Description = "Warnings fail too." };

    public static Option<int?> Jobs()
    {
        var option = new Option<int?>("--jobs") { HelpName = "N", Description = "How many checks at a time. Default: the number of processors." };
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var jobs) || jobs is < 1 or > 1024))
                result.AddError($"--jobs: expected a whole number from 1 to 1024, found \"{token.Value}\"");
        });
        return option;
    }

    public static Option<string?> Timeout() => Time("--timeout", "Refuse what has not ended by then: 500ms, 10s, 5m, 1h. Default: no bound on the whole, 10m on a check.");

    public static Option<string?> CheckTimeout() => Time("--check-timeout", "How long one check may take. Default: 30s for one of an assembly, else 10m.");

    public static Option<string?> GitHub(string description)
    {
        var option = Text("--github", "WHERE", description);
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value.Length: > 0 } token] && !ChannelChoice.TryParse(token.Value, out _))
                result.AddError($"--github: expected {ChannelChoice.Expected}, found \"{token.Value}\"");
        });
        return option;
    }

    private static Option<string?> Time(string name, string description)
    {
        var option = Text(name, "T", description);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Duration.IsValid(token.Value))
                result.AddError($"{name}: expected {Duration.Expected}, found \"{token.Value}\"");
        });
        return option;
    }

    public static Option<string?> Text(string name, string value, string description)
    {
        var option = new Option<string?>(name) { HelpName = value, Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
                result.AddError($"{name}: expected {value}, found nothing");
        });
        return option;
    }

    private static Option<string[]> Ids(string name, string description)
    {
        var option = new Option<string[]>(name)
        {
            HelpName = "GATE,..",
            Description = description,
            CustomParser = static result => [.. result.Tokens.SelectMany(static t => Split(t.Value))],
            Arity = ArgumentArity.OneOrMore,
        };
        // An empty variable must not turn "only these" into "all".
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(static t => Split(t.Value).Length == 0))
                result.AddError($"{name}: expected ids of gates, such as a,b, found \"{result.Tokens.First(static t => Split(t.Value).Length == 0).Value}\"");
        });
        return option;
    }

    private static string[] Split(string ids) => ids.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
