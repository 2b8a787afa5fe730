using System.CommandLine;
using GitIntent.Arv.Cli;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Cli;

/// <summary><c>--help</c> teaches: each command has lines to copy, and they are good ones.</summary>
public sealed class HelpTests
{
    [Fact]
    public async Task Every_command_shows_examples_that_it_understands()
    {
        using var folder = new TempFolder();
        var root = ArvCommandLine.Create(Context(folder));
        foreach (var path in Paths(root, ""))
        {
            var help = await Tool.RunAsync(folder.Path, [.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
            help.ExitCode.ShouldBe(0);
            var examples = help.Out.Split('\n').Where(static l => l.StartsWith("  dotnet arv ", StringComparison.Ordinal) && !l.Contains('[') && !l.Contains('<')).ToList();
            examples.ShouldNotBeEmpty(path);
            foreach (var example in examples)
            {
                var words = example.Trim().Split("  ")[0].Split(' ')[2..];
                UsageErrors.Of(root.Parse(words)).ShouldBeEmpty(example);
            }
        }
    }

    [Fact]
    public async Task The_exit_codes_stand_where_they_are_needed()
    {
        using var folder = new TempFolder();
        foreach (var args in new string[][] { ["--help"], ["run-all", "--help"], ["run", "-h"] })
            (await Tool.RunAsync(folder.Path, args)).Out.ShouldContain("\n\nExit codes:\n  0  ready: ");
    }

    private static IEnumerable<string> Paths(Command command, string path) =>
        command.Subcommands.SelectMany(c => Paths(c, $"{path} {c.Name}")).Prepend(path);

    private static CliContext Context(TempFolder folder) => new()
    {
        Out = TextWriter.Null,
        Error = TextWriter.Null,
        CurrentFolder = folder.Path,
        Environment = new Dictionary<string, string>(),
        Time = TimeProvider.System,
        Processors = 1,
        NewRunId = static () => "",
        OnSignal = static _ => TextWriter.Null,
    };
}
