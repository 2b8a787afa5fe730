using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace GitIntent.Arv.Bench;

/// <summary>How long the command takes to say its version, against a native program that says one and does nothing else.</summary>
internal static partial class StartBench
{
    private const int Rounds = 200;

    public static int Run(string command)
    {
        var work = Directory.CreateTempSubdirectory("arv-start-").FullName;
        try
        {
            Compare(Peers.Arv(command, work), Peers.Hello(work));
            return 0;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    public static void Compare(string arv, string hello)
    {
        var rounds = Enumerable.Range(0, Rounds).Select(_ => (Ours: Start(arv, "--version"), Theirs: Start(hello))).ToList();
        var ratios = rounds.Select(static r => r.Ours / r.Theirs).Order().ToList();
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{"--version, a native hello",-28} {ratios[Rounds / 2],6:0.00} {2.0,8:0.00}   {Median(static r => r.Ours):0.00} / {Median(static r => r.Theirs):0.00} ms, medians of {Rounds} pairs"));

        double Median(Func<(double Ours, double Theirs), double> of) => rounds.Select(of).Order().ElementAt(Rounds / 2);
    }

    /// <summary>From the call that starts it until it has ended, in milliseconds. <see cref="Process"/> takes as long as what is measured.</summary>
    private static unsafe double Start(params string[] command)
    {
        var arguments = stackalloc byte*[command.Length + 1];
        for (var i = 0; i < command.Length; i++)
            arguments[i] = (byte*)Marshal.StringToCoTaskMemUTF8(command[i]);
        arguments[command.Length] = null;
        var actions = stackalloc byte[256]; // posix_spawn_file_actions_t has 80 bytes
        Check(ActionsInit(actions));
        Check(ActionsOpen(actions, 1, "/dev/null", WriteOnly, 0));
        var clock = Stopwatch.GetTimestamp();
        Check(Spawn(out var id, command[0], actions, null, arguments, null));
        if (WaitPid(id, out var status, 0) != id || status != 0)
            throw new InvalidOperationException($"{command[0]} ended with status {status}");
        var spent = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
        Check(ActionsDestroy(actions));
        for (var i = 0; i < command.Length; i++)
            Marshal.FreeCoTaskMem((nint)arguments[i]);
        return spent;
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new InvalidOperationException(Marshal.GetPInvokeErrorMessage(error));
    }

    private const int WriteOnly = 1;

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Spawn(out int id, string path, byte* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static unsafe partial int ActionsInit(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static unsafe partial int ActionsDestroy(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int ActionsOpen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int WaitPid(int id, out int status, int options);
}
