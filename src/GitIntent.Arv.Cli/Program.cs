using System.Collections;
using System.Text;
using GitIntent.Arv.Cli;

var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var output = new StreamWriter(Console.OpenStandardOutput(), utf8, 16 * 1024);
var error = new StreamWriter(Console.OpenStandardError(), utf8, 1024) { AutoFlush = true };
var code = await ArvCommandLine.RunAsync(args, new CliContext
{
    Out = output,
    Error = error,
    OutIsTerminal = !Console.IsOutputRedirected,
    ErrorIsTerminal = !Console.IsErrorRedirected,
    Width = Console.IsErrorRedirected ? 80 : Math.Max(20, Console.WindowWidth),
    CurrentDirectory = Environment.CurrentDirectory,
    Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(static e => (string)e.Key, static e => (string?)e.Value ?? "", StringComparer.Ordinal),
    Time = TimeProvider.System,
    Processors = Environment.ProcessorCount,
    NewRunId = static () => Guid.CreateVersion7().ToString(),
    OnSignal = Signals.Register,
}).ConfigureAwait(false);
try
{
    await output.FlushAsync().ConfigureAwait(false);
}
catch (IOException)
{
    // A reader that has gone (`| head -1`) is no failure of ours, and changes no verdict.
}
return code;
