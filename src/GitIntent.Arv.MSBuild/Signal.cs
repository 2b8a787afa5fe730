using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GitIntent.Arv.MSBuild;

/// <summary>Asks a process to end.</summary>
internal static class Signal
{
    private const int SigTerm = 15;

    /// <returns>Whether it was asked; there is no such thing on Windows.</returns>
    public static bool Terminate(Process process)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return false;
        try
        {
            return !process.HasExited && Kill(process.Id, SigTerm) == 0;
        }
        catch (InvalidOperationException) // it has not started, or the build has let go of it
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Kill(int process, int signal);
}
