using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>
/// What a process says of itself, each line written at once and whole: what it has said before it dies is there. In a file, since a subject may print
/// what it likes. <see cref="CrashStory"/> reads it.
/// </summary>
internal sealed class CrashJournal(string path) : IDisposable
{
    public const string Opened = "opened", Calls = "calls", Returned = "returned", Threw = "threw", Looks = "looks", Dies = "dies", Ended = "ended", Late = "late";

    private readonly FileStream _file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    private readonly Lock _gate = new();

    public void Open(IEnumerable<string> parts) => Write($"{Opened} {string.Join(' ', parts)}");

    public void Call(CrashStep step) => Write($"{Calls} {step.Key}");

    public void Return(CrashStep step, long number) => Write(string.Create(CultureInfo.InvariantCulture, $"{Returned} {step.Key} {number}"));

    /// <param name="where">The step; <see cref="Opened"/> where the store did not even open.</param>
    public void Throw(string where, Exception exception) => Write($"{Threw} {where} {(exception is Scenes.BrokenPromiseException ? "" : exception.GetType().Name + ": ")}{exception.Message.ReplaceLineEndings(" ")}");

    public void Look() => Write(Looks);

    public void End() => Write(Ended);

    /// <summary>Ends the process as a kill does: SIGKILL, TerminateProcess.</summary>
    public void Die(string why = Dies)
    {
        // Nobody writes any more: what comes after this line did not happen.
        lock (_gate)
        {
            Write(why);
            using var self = Process.GetCurrentProcess();
            self.Kill();
            Thread.CurrentThread.Join();
        }
    }

    public void Dispose() => _file.Dispose();

    private void Write(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        lock (_gate)
            _file.Write(bytes);
    }
}
