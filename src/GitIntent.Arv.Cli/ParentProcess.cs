using System.Diagnostics;

namespace GitIntent.Arv.Cli;

/// <summary>
/// Tells when a process has ended. A build that gets SIGTERM or SIGKILL cannot end what it started, so what it started looks by itself.
/// </summary>
internal static class ParentProcess
{
    public static IDisposable Watch(int id, Action ended)
    {
        Process parent;
        try
        {
            parent = Process.GetProcessById(id);
        }
        catch (ArgumentException) // there is none of this id any more
        {
            ended();
            return new NoProcess();
        }
        parent.Exited += (_, _) => ended();
        parent.EnableRaisingEvents = true;
        return parent;
    }

    private sealed class NoProcess : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
