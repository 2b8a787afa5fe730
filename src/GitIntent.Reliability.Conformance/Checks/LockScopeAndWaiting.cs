using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>Locks with a body, and locks that have to be waited for.</summary>
internal static partial class LockScopeAndWaiting
{
    private const string Run = "run-1";
    private static readonly TimeSpan s_last = TimeSpan.FromMilliseconds(1);

    public static ConformanceCheck Check { get; } = new("lock-scope-and-waiting", "Lock scope and waiting",
    [
        new("scope-holds", "A body that runs under a lock holds it until it returns; its result is given back, and the lock is free.", ScopeHolds),
        new("scope-error-passes", "An error of the body's own passes as it is, a cancellation too, and the lock is free.", ScopeErrorPasses),
        new("scope-conflict", "While somebody else holds the lock the body does not run: LockConflictException, exit code 23, retryable whatever the run id spells, with run and holder.", ScopeConflict),
        new("scope-lost", "When the lock is lost while the body runs, its token is cancelled and the caller is told, with what the body returned.", ScopeLost),
        new("scope-forced", "When the lock is released by force while the body runs, the caller is told at the end, with what the body returned.", ScopeForced),
        new("release-masks-nothing", "A release that fails masks neither the body's result nor its error.", ReleaseMasksNothing),
        new("disposed-once", "Disposing of a held lock releases it; doing so again touches nobody else's.", DisposedOnce),
        new("loss-is-final", "Once the store says that a lock is lost, its handle knows: the lost-lock token has fired, and it neither extends nor releases any more.", LossIsFinal),
        new("lost-token-from-send", "The lost-lock token fires by the time that the last granted request was sent plus its TTL, however long the answer took.", LostTokenFromSend),
        new("lost-token-of-repeated", "The lost-lock token of a repeated request fires by the end of the lease, which goes on as it was.", LostTokenOfRepeated),
        new("renewed-to-its-cap", "Automatic renewal keeps a lock beyond its TTL, and not beyond its cap.", RenewedToCap),
        new("renewal-ends", "After the release nothing renews any more: the next holder's lease is its own.", RenewalEnds),
        new("wait-to-the-deadline", "Who waits gives up at its deadline, neither before nor after, and is told who holds the lock and how long it waited.", WaitToDeadline),
        new("wait-cancelled", "A wait that is cancelled ends at once, and leaves nothing behind that would take the lock.", WaitCancelled),
        new("wait-for-expiry", "Who waits gets the lock when the lease in the way ends, and not before.", WaitForExpiry) { OwnClockScenario = OwnClockLocks.WaitForExpiry },
        new("wait-for-extended", "Who waits for a lock that is extended meanwhile goes on waiting, and gets it at its new end.", WaitForExtended),
        new("released-to-waiter", "A release reaches who waits for the lock, at the latest after its retry interval.", s => Waiter(s, static (a, handle) => a.ReleaseAsync(Run, handle.OwnerToken))) { OwnClockScenario = s => OwnClockLocks.Waiter(s, static (a, handle) => a.ReleaseAsync(Run, handle.OwnerToken)) },
        new("forced-to-waiter", "A forced release reaches who waits for the lock, at the latest after its retry interval.", s => Waiter(s, static (a, _) => a.ForceAsync(Run))) { OwnClockScenario = s => OwnClockLocks.Waiter(s, static (a, _) => a.ForceAsync(Run)) },
        new("no-release-missed", "A release right behind an attempt in vain is not missed: who waits gets the lock, at the latest after its retry interval.", NoReleaseMissed),
        new("first-come-first-served", "Callers of one process that wait get the lock in the order in which they came; who gives up on the way holds up nobody behind it.", InTurn),
        new("no-blind-polling", "While nothing happens, who waits does not keep asking: it sleeps until it is told, its retry interval is over, or the lease ends.", NoBlindPolling),
        new("no-wait-no-queue", "An attempt that does not wait is answered at once, whoever waits.", NoWaitNoQueue),
    ]);

    private static async Task<TException> ThrowsAsync<TException>(Scene s, Func<Task> call, string what)
        where TException : Exception
    {
        try
        {
            await call();
        }
        catch (TException e)
        {
            return e;
        }

        s.Holds(false, $"{what}: nothing was thrown, and {typeof(TException).Name} is expected.");
        return null!;
    }
}
