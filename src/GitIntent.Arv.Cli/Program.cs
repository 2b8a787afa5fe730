using System.Collections;
using System.Collections.Immutable;
using System.Text;
using GitIntent.Arv.Cli;
using GitIntent.Arv.Kinds.Reliability;

// Asked by scripts and editors before anything else: nothing that it does not need is made for it.
if (args is ["--version"] && IsPrinted(ToolVersion.Current))
    return 0;
if (args is [StoreChild.Verb, ..])
    return await StoreChild.RunAsync(args[1..]).ConfigureAwait(false);
var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var output = new StreamWriter(new StandardStream(Console.OpenStandardOutput, isError: false), utf8, 16 * 1024);
var error = new StreamWriter(new StandardStream(Console.OpenStandardError, isError: true), utf8, 1024) { AutoFlush = true };
return await ArvCommandLine.RunAsync(args, new CliContext
{
    Out = output,
    Error = error,
    OutIsTerminal = !Console.IsOutputRedirected,
    ErrorIsTerminal = !Console.IsErrorRedirected,
    Width = Console.IsErrorRedirected || Console.WindowWidth <= 0 ? 80 : Math.Max(20, Console.WindowWidth), // a terminal need not know its width
    CurrentFolder = CurrentFolder(),
    Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(static e => (string)e.Key, static e => (string?)e.Value ?? "", StringComparer.Ordinal),
    Command = ThisCommand(Environment.ProcessPath),
    Time = TimeProvider.System,
    Processors = Environment.ProcessorCount,
    NewRunId = static () => Guid.CreateVersion7().ToString(),
    OnSignal = Signals.Register,
}).ConfigureAwait(false);

// Native, or by its own host; or `dotnet dotnet-arv.dll`, of which this process is the first word.
static ImmutableArray<string> ThisCommand(string? program) => program is null ? []
    : Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, "exec", Path.Combine(AppContext.BaseDirectory, "dotnet-arv.dll")]
    : [program];

static string? CurrentFolder()
{
    try
    {
        return Environment.CurrentDirectory;
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        return null;
    }
}

static bool IsPrinted(string line)
{
    try
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(line + "\n"));
        return true;
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        return false; // the command says why, as it does for all that it prints
    }
}
