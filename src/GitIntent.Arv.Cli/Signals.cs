using System.Runtime.InteropServices;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Cli;

/// <summary>Ctrl+C and SIGTERM: the first asks the run to end and to write what it knows, the second is the system's own.</summary>
internal static class Signals
{
    public static IDisposable Register(Action<int> stop)
    {
        var asked = 0;
        return new Registrations(
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, ExitCodes.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, ExitCodes.Terminated)));

        void Handle(PosixSignalContext context, int code)
        {
            if (Interlocked.Exchange(ref asked, 1) == 1)
                return;
            context.Cancel = true;
            stop(code);
        }
    }

    private sealed class Registrations(params PosixSignalRegistration[] all) : IDisposable
    {
        public void Dispose() => Array.ForEach(all, static r => r.Dispose());
    }
}
