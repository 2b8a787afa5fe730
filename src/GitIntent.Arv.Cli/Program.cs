using System.Collections;
using System.Collections.Immutable;
using System.Text;
using GitIntent.Arv.Cli;
using GitIntent.Arv.Kinds.Reliability;

// Asked by scripts and editors before anything else: nothing that it does not need is made for it, not even what waits for a task.
if (args is ["--version"] && IsPrinted([.. ToolVersion.Utf8, (byte)'\n']))
    return 0;
return RunAsync(args).GetAwaiter().GetResult();

static async Task<int> RunAsync(string[] args)
{
    if (args is [StoreChild.Verb, ..])
        return await StoreChild.RunAsync(args[1..]).ConfigureAwait(false);
    var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    return await ArvCommandLine.RunAsync(args, new CliContext
    {
        Out = new StreamWriter(new StandardStream(OpenOutput, isError: false), utf8, 16 * 1024),
        Error = new StreamWriter(new StandardStream(OpenError, isError: true), utf8, 1024) { AutoFlush = true },
        OutIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        Width = Console.IsErrorRedirected || Columns() is not (> 0 and var columns) ? 80 : Math.Max(20, columns), // a terminal need not know its width
        CurrentFolder = CurrentFolder(),
        Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(static e => (string)e.Key, static e => (string?)e.Value ?? "", StringComparer.Ordinal),
        Command = ThisCommand(Environment.ProcessPath),
        Time = TimeProvider.System,
        Processors = Environment.ProcessorCount,
        NewRunId = static () => Guid.CreateVersion7().ToString(),
        OnSignal = Signals.Register,
    }).ConfigureAwait(false);
}

static Stream OpenOutput() => OperatingSystem.IsLinux() ? new DescriptorStream(DescriptorStream.Output) : Console.OpenStandardOutput();

static Stream OpenError() => OperatingSystem.IsLinux() ? new DescriptorStream(DescriptorStream.Error) : Console.OpenStandardError();

static int Columns() => OperatingSystem.IsLinux() ? DescriptorStream.Columns(DescriptorStream.Error) : Console.WindowWidth;

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

static bool IsPrinted(ReadOnlySpan<byte> line)
{
    try
    {
        OpenOutput().Write(line);
        return true;
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        return false; // the command says why, as it does for all that it prints
    }
}
