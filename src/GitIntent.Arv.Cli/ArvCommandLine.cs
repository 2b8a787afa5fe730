using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using GitIntent.Arv.Cli.Commands;
using GitIntent.Arv.Model;
using GitIntent.Arv.Reporting;
using GitIntent.Arv.Scope;
using GitIntent.Reliability;

namespace GitIntent.Arv.Cli;

/// <summary>The command line: parses, composes, runs, and says what it came to.</summary>
internal static class ArvCommandLine
{
    /// <summary>The commands, in the order of <c>--help</c>.</summary>
    private static readonly Func<CliContext, Command>[] Commands =
    [
        RunAllCommand.Create,
        RunCommand.Create,
        ReliabilityCommand.Create,
        AnnotateCommand.Create,
        ListCommand.Create,
        PlanCommand.Create,
        ExplainCommand.Create,
        ConfigCommand.Create,
        GoldensCommand.Create,
    ];

    /// <returns>The exit code. Nothing escapes: what is unknown is our own crash, and says so.</returns>
    public static async Task<int> RunAsync(string[] args, CliContext context)
    {
        try
        {
            var root = Create(context);
            var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (UsageErrors.Of(parsed) is { Count: > 0 } errors)
                return Usage(errors, parsed, context);
            var configuration = new InvocationConfiguration
            {
                Output = context.Out,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // signals are the run's business: it writes what it knows first
            };
            var code = await parsed.InvokeAsync(configuration).ConfigureAwait(false);
            await context.Out.FlushAsync().ConfigureAwait(false);
            return code;
        }
        catch (StandardOutputException e)
        {
            WriteError(context, $"error: cannot write to standard output: {e.Message}");
            return ExitCodes.Machine;
        }
        catch (CliException e)
        {
            WriteError(context, e.Message);
            return e.ExitCode;
        }
        catch (GwiException e) // a typed error of the library that the tool stands on
        {
            WriteError(context, $"error: {e.Message}");
            return ErrorTaxonomy.ToExitCode(e);
        }
        catch (Exception e) // the tool's own fault: one line that can be reported, and a code that is no verdict
        {
            WriteError(context, $"error: internal error: {e.GetType().Name}: {e.Message}");
            WriteError(context, context.Variable("ARV_DEBUG") is null ? "This is a bug of arv. Run again with ARV_DEBUG=1 to see where, and report it." : e.ToString());
            return ExitCodes.Crash;
        }
    }

    internal static RootCommand Create(CliContext context)
    {
        var root = new RootCommand("Decides whether a repository is ready: passed, failed or refused, with file, line and remedy.")
        {
            HelpName = "dotnet arv",
        };
        // Its own would print the version of whatever program this runs in.
        root.Options.Remove(root.Options.OfType<VersionOption>().Single());
        root.Options.Add(new Option<bool>("--version") { Description = "Print the version.", Action = new PrintVersion(context) });
        HelpExamples.AddTo(root);
        foreach (var create in Commands)
            root.Subcommands.Add(create(context));
        root.SetAction(int (_) => throw new CliException(ExitCodes.Usage, "error: expected a command, such as run-all; see dotnet arv --help"));
        return root;
    }

    private sealed class PrintVersion(CliContext context) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            context.Out.WriteLine(ToolVersion.Current);
            return ExitCodes.Ready;
        }
    }

    private static int Usage(IEnumerable<string> errors, ParseResult parsed, CliContext context)
    {
        foreach (var error in errors)
            WriteError(context, $"error: {error}");
        WriteError(context, $"See dotnet arv {CommandName(parsed.CommandResult)}--help");
        return ExitCodes.Usage;
    }

    /// <summary>Messages quote files, arguments and variables: secrets are masked, and what a terminal or a workflow's log would obey is spelled out.</summary>
    private static void WriteError(CliContext context, string message)
    {
        foreach (var line in new Scope.Redactor(ChildEnvironment.Secrets(context.Environment)).Redact(message).Split('\n'))
            context.ErrorLines.WriteLine(EscapeTerminal.Text(line));
    }

    private static string CommandName(CommandResult command) =>
        command.Command is RootCommand ? "" : (command.Parent is CommandResult parent ? CommandName(parent) : "") + command.Command.Name + " ";
}
