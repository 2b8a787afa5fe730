using System.ComponentModel;
using System.Runtime.InteropServices;

namespace GitIntent.Arv.Processes.Linux;

/// <summary>
/// Starts a command in a session of its own: no terminal, a process group that can be signalled whole, default signal handling
/// (.NET ignores SIGPIPE, and ignoring is inherited), standard input from a file or from nowhere. <see cref="System.Diagnostics.Process"/> cannot do that.
/// </summary>
internal static unsafe class Spawn
{
    // POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID, the same in glibc and musl.
    private const short Flags = 0x04 | 0x08 | 0x80;

    // The C library's own structures, whose sizes differ (glibc: 80, 336 and 128 bytes).
    private const int Opaque = 1024;

    /// <returns>0, or the error number.</returns>
    public static int Start(CommandSpec spec, int stdout, int stderr, out int pid)
    {
        byte* actions = stackalloc byte[Opaque], attributes = stackalloc byte[Opaque], signals = stackalloc byte[Opaque];
        using var texts = new NativeTexts();
        Must(Libc.FileActionsInit(actions));
        Must(Libc.AttributesInit(attributes));
        try
        {
            Must(Libc.FileActionsAddOpen(actions, 0, texts.Add(spec.StdinFile ?? "/dev/null"), 0, 0));
            Must(Libc.FileActionsAddDup2(actions, stdout, 1));
            Must(Libc.FileActionsAddDup2(actions, stderr, 2));
            Must(Libc.FileActionsAddChdir(actions, texts.Add(spec.WorkingFolder)));
            Must(Libc.AttributesSetFlags(attributes, Flags));
            Must(Libc.SignalSetFill(signals));
            Must(Libc.AttributesSetDefaultSignals(attributes, signals));
            Must(Libc.SignalSetEmpty(signals));
            Must(Libc.AttributesSetSignalMask(attributes, signals));

            var arguments = texts.AddArray([spec.Name ?? spec.Executable, .. spec.Arguments]);
            var environment = texts.AddArray(spec.Environment.Select(static pair => $"{pair.Key}={pair.Value}").ToList());
            int started;
            var error = Libc.PosixSpawn(&started, texts.Add(spec.Executable), actions, attributes, arguments, environment);
            pid = started;
            return error;
        }
        finally
        {
            _ = Libc.FileActionsDestroy(actions);
            _ = Libc.AttributesDestroy(attributes);
        }
    }

    private static void Must(int error)
    {
        if (error != 0)
            throw new Win32Exception(error); // out of memory; nothing else is in their manuals
    }

    /// <summary>UTF-8 strings in unmanaged memory, freed together.</summary>
    private sealed class NativeTexts : IDisposable
    {
        private readonly List<nint> _all = [];

        public byte* Add(string text)
        {
            var copy = Marshal.StringToCoTaskMemUTF8(text);
            _all.Add(copy);
            return (byte*)copy;
        }

        public byte** AddArray(List<string> texts)
        {
            var array = (byte**)Marshal.AllocCoTaskMem((texts.Count + 1) * sizeof(byte*));
            _all.Add((nint)array);
            for (var i = 0; i < texts.Count; i++)
                array[i] = Add(texts[i]);
            array[texts.Count] = null;
            return array;
        }

        public void Dispose()
        {
            foreach (var copy in _all)
                Marshal.FreeCoTaskMem(copy);
        }
    }
}
