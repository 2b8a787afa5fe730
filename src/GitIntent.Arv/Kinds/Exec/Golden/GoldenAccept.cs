using GitIntent.Arv.Processes;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Exec.Golden;

internal enum AcceptedState
{
    Same,
    Created,
    Changed,

    /// <summary>Nothing was written; the text says why.</summary>
    Refused,
}

/// <param name="Text">What changed, or why nothing was written.</param>
internal sealed record Accepted(string Golden, AcceptedState State, string Text);

/// <summary>
/// <c>goldens accept</c>: runs a check's command and makes what it prints the golden. Nothing else in arv ever writes one.
/// </summary>
internal static class GoldenAccept
{
    public static bool Applies(ICheck check) => check is ExecCheck { Block.Stdout: not null };

    public static async Task<Accepted> RunAsync(ICheck check, CheckContext context, CancellationToken stop)
    {
        var block = ((ExecCheck)check).Block;
        var path = block.Stdout!.Expand(context.Bindings);
        if (context.Run is not { } scope)
            return new Accepted(path, AcceptedState.Refused, "there is no folder on disk to run a command in");
        var (command, refusal) = PlannedCommand.Of(block, scope, context.Bindings, context.Timeout ?? ExecCheck.DefaultTimeout);
        if (command is null)
            return new Accepted(path, AcceptedState.Refused, refusal!);

        var before = GoldenFile.Read(path, context.Workspace, stop);
        if (before.Fault is not (null or "is missing"))
            return new Accepted(path, AcceptedState.Refused, $"the golden {path} {before.Fault}");
        var attempt = await new AttemptRunner(command, scope, context.Workspace, context.Time).Shared(1, stop).ConfigureAwait(false);
        var text = new CommandText(scope.Redactor);
        if (Unfit(block, attempt, context, command, text, stop) is { } unfit)
            return new Accepted(path, AcceptedState.Refused, unfit);

        var bytes = await File.ReadAllBytesAsync(attempt.Folder.StdoutFile, stop).ConfigureAwait(false);
        if (scope.Redactor.Knows(System.Text.Encoding.UTF8.GetString(bytes)))
            return new Accepted(path, AcceptedState.Refused, "the output holds a secret of this run, which a golden would publish");
        var difference = GoldenComparison.Compare(before.Bytes.Span, bytes);
        if (before.Fault is null && difference is null)
            return new Accepted(path, AcceptedState.Same, "");
        if (Write(scope.Root, path, bytes) is { } wrong)
            return new Accepted(path, AcceptedState.Refused, wrong);
        return new Accepted(path, before.Fault is null ? AcceptedState.Changed : AcceptedState.Created, text.Clean(difference?.Text ?? "(empty)"));
    }

    /// <summary>Why what it printed is no output that anybody should expect, or null.</summary>
    private static string? Unfit(ExecBlock block, Attempt attempt, CheckContext context, PlannedCommand command, CommandText text, CancellationToken stop)
    {
        var judgement = new ExecJudge(block with { Stdout = null, Unchanged = false }, context, command, null, text).Judge(attempt, stop);
        return judgement.Refusal ?? (judgement.Passed ? null : judgement.Findings.All.First(static finding => finding.Severity != Model.Severity.Note).Message);
    }

    /// <summary>Beside it, then in its place: a golden is never half written.</summary>
    private static string? Write(string root, string path, byte[] bytes)
    {
        var full = Path.Combine(root, path);
        var folder = Path.GetDirectoryName(full)!;
        if (RealPath.Of(folder) is not { } real || !RealPath.IsInside(root, real))
            return $"{path} leads through a link out of the repository";
        if (new FileInfo(full).LinkTarget is not null)
            return $"{path} is a link; only a file can be accepted";
        var beside = Path.Combine(folder, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}");
        try
        {
            Directory.CreateDirectory(folder);
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, full, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(beside);
            return $"{path} cannot be written: {e.Message}";
        }
        return null;
    }
}
