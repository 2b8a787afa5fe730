using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace GitIntent.Arv.Cli;

/// <summary>What <c>--help</c> shows below its options: command lines to copy.</summary>
internal static class HelpExamples
{
    private const string ExitCodes = """
        Exit codes:
          0  ready: every gate passed, or was skipped for a stated reason
          1  not ready: there are findings; nothing else exits 1
          3  refused: a gate could not judge, and none failed
          20 the command line or arv.yml is wrong; 21 something named is not there; 23 another run is under way (--no-wait);
          41 a report could not be written

        """;

    private static readonly Dictionary<string, string> ByCommand = new(StringComparer.Ordinal)
    {
        [""] = """
            Start here:
              dotnet arv run-all                     judge this repository
              dotnet arv explain ID                  what a gate or a rule of the report wants, and how to mend it
              dotnet arv config check                read arv.yml, and try the examples of its rules

            """ + "\n" + ExitCodes,
        ["run-all"] = """
            Examples:
              dotnet arv run-all
              dotnet arv run-all ../other --config strict.yml --strict
              dotnet arv run-all --only forbidden-patterns --fail-fast
              dotnet arv run-all --json report.json --markdown report.md --timeout 5m
              dotnet arv run-all --json -            the report on standard output, and nothing else

            """ + "\n" + ExitCodes,
        ["run"] = """
            Examples:
              dotnet arv run forbidden-patterns
              dotnet arv run forbidden-patterns --root ../other --json -

            """ + "\n" + ExitCodes,
        ["reliability"] = """
            Examples:
              dotnet arv reliability
              dotnet arv reliability --target sqlite:state.db --checks lock-expiration,concurrent-locking --seed 42
              dotnet arv reliability --target assembly:bin/Debug/net10.0/My.dll --check-timeout 10s
              dotnet arv reliability --json report.json --markdown report.md

            """ + "\n" + ExitCodes,
        ["annotate"] = """
            Examples:
              dotnet arv annotate report.json              what a change reported of itself: neutral at best, and said to be unverified
              dotnet arv annotate report.json --trusted    what a job of this very workflow reported
              dotnet arv annotate report.json --github check --prefix src/api

            The token is ARV_GITHUB_TOKEN or GITHUB_TOKEN; the job needs checks: write and pull-requests: write.

            Exit codes:
              0  shown somewhere, or there was nothing to show
              3  refused: the report is not about the commit of the event, or nobody can say whether it is
              20 the file is no report of this version; 21 it is not there; 41 no channel could be used

            """,
        ["list"] = """
            Examples:
              dotnet arv list
              dotnet arv list --config strict.yml

            """,
        ["plan"] = """
            Examples:
              dotnet arv plan
              dotnet arv plan --root ../other

            """,
        ["explain"] = """
            Examples:
              dotnet arv explain forbidden-patterns  every check and rule of a gate
              dotnet arv explain ABC001              a rule, with what it finds (red) and what it does not (green)
              dotnet arv explain ARV1001             a code that is built in

            """,
        ["goldens"] = """
            Examples:
              dotnet arv goldens accept

            """,
        ["accept"] = """
            Examples:
              dotnet arv goldens accept              every golden; then read the difference in git
              dotnet arv goldens accept golden-tests

            """,
        ["config"] = """
            Examples:
              dotnet arv config check
              dotnet arv config show
              dotnet arv config schema

            """,
        ["check"] = """
            Examples:
              dotnet arv config check
              dotnet arv config check --config strict.yml

            """,
        ["show"] = """
            Examples:
              dotnet arv config show
              dotnet arv config show --config strict.yml

            """,
        ["schema"] = """
            Examples:
              dotnet arv config schema

            An editor completes arv.yml from it: save it as arv.schema.json, and let the first line of arv.yml be
              # yaml-language-server: $schema=./arv.schema.json

            """,
    };

    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new Help((HelpAction)option.Action!);
    }

    private sealed class Help(HelpAction standard) : SynchronousCommandLineAction
    {
        /// <summary>Who asks for help need not give what a command needs.</summary>
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = standard.Invoke(parseResult);
            var command = parseResult.CommandResult.Command;
            parseResult.InvocationConfiguration.Output.Write(ByCommand[command is RootCommand ? "" : command.Name].ReplaceLineEndings("\n"));
            return code;
        }
    }
}
