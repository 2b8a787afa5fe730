using System.Collections.Immutable;
using GitIntent.Arv.Cli;

namespace GitIntent.Arv.Tests.Support;

/// <summary>Runs the whole command in this process, as a user would, with streams and environment of the test's own.</summary>
internal static class Tool
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>The command as a process of its own.</summary>
    public static ImmutableArray<string> Command { get; } =
        [Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "dotnet-arv.dll")];

    public sealed record Result(int ExitCode, string Out, string Error);

    public static Task<Result> RunAsync(string folder, params string[] args) => RunAsync(folder, static c => c, args);

    public static async Task<Result> RunAsync(string folder, Func<CliContext, CliContext> change, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var context = change(new CliContext
        {
            Out = output,
            Error = error,
            CurrentFolder = folder,
            Environment = new Dictionary<string, string>(),
            Command = Command,
            Time = TimeProvider.System,
            Processors = 2,
            NewRunId = static () => "00000000-0000-7000-8000-000000000000",
            OnSignal = static _ => new Nothing(),
        });
        var code = await ArvCommandLine.RunAsync(args, context);
        return new Result(code, output.ToString(), error.ToString());
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
