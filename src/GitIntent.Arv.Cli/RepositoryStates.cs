using System.Diagnostics;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tree.Disk;

namespace GitIntent.Arv.Cli;

/// <summary>Which commit is checked out, and whether the tree differs from it: said in the report, no part of any verdict.</summary>
internal static class RepositoryStates
{
    /// <summary>A status takes tens of milliseconds; on a tree where it takes longer than the gates, it is not worth a wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<RepositoryState> ReadAsync(DiskSource source, CancellationToken stop)
    {
        if (source.Repository is not { } git)
            return new RepositoryState(null, null);
        return new RepositoryState(git.HeadCommit(), await IsDirtyAsync(source.Root, stop).ConfigureAwait(false));
    }

    /// <returns>Null where git is not installed or does not answer.</returns>
    private static async Task<bool?> IsDirtyAsync(string root, CancellationToken stop)
    {
        // No lock is taken (a commit may be under way), and no program that the repository's configuration names is run.
        var start = new ProcessStartInfo("git", ["--no-optional-locks", "-c", "core.fsmonitor=false", "-C", root, "status", "--porcelain", "-unormal", "--ignore-submodules=dirty"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using var process = Process.Start(start)!;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(Patience);
            try
            {
                var errors = process.StandardError.ReadToEndAsync(limit.Token);
                var first = await process.StandardOutput.ReadLineAsync(limit.Token).ConfigureAwait(false);
                await process.StandardOutput.ReadToEndAsync(limit.Token).ConfigureAwait(false);
                await errors.ConfigureAwait(false);
                await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
                return process.ExitCode == 0 ? first is not null : null;
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return null;
            }
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            return null;
        }
    }
}
