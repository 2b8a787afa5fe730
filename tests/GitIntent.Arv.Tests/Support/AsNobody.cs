using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace GitIntent.Arv.Tests.Support;

/// <summary>
/// Does something with the rights of nobody on files, on a thread of its own: root, who runs many a CI, may read everything.
/// The user for files belongs to a thread on Linux, and giving up root's takes its capabilities over files too (setfsuid(2)).
/// </summary>
internal static class AsNobody
{
    public static void Do(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            _ = SetUser(65534); // the user before; without the right to change it, it stays
            try
            {
                action();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }

    [DllImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetUser(uint user);
}
