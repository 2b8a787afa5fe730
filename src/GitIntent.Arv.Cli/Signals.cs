using System.Runtime.InteropServices;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Cli;

/// <summary>
/// Ctrl+C, Ctrl+\, a closed terminal and SIGTERM: the first signal asks the run to end and to write what it knows, the second is the system's own.
/// None of them may end arv alone: its commands have sessions of their own, and would outlive it.
/// </summary>
internal static class Signals
{
    public static IDisposable Register(Action<int> stop)
    {
        var asked = 0;
        return new Registrations(
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Handle(context, ExitCodes.HungUp)),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, ExitCodes.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => Handle(context, ExitCodes.Quit)),
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
