using GitIntent.Arv.Model;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Exec.Golden;

/// <summary>A golden as it was before the command ran: one that the command itself writes proves nothing.</summary>
/// <param name="Fault">Why it cannot be compared with, as the end of a sentence; null when it can.</param>
internal sealed record GoldenFile(string Path, ReadOnlyMemory<byte> Bytes, string? Fault)
{
    public static GoldenFile Read(string path, Workspace workspace, CancellationToken stop)
    {
        if (OutPath.Leads(path) is { } wrong)
            return new GoldenFile(path, default, wrong);
        var look = workspace.Look(path);
        if (look.State != PathState.File)
            return new GoldenFile(path, default, FaultOf(look));
        var (bytes, reason) = workspace.Source.Read(look.File!.ReadFrom ?? path, stop);
        return reason is null ? new GoldenFile(path, bytes, null)
            : new GoldenFile(path, default, reason == LeftOutReasons.Vanished ? "is missing" : $"cannot be read: {reason}");
    }

    private static string FaultOf(PathLook look) => look.State switch
    {
        PathState.Missing => "is missing",
        PathState.Folder => "is a folder",
        _ => $"cannot be read: {look.Reason}",
    };

    public GoldenDifference? Compare(string stdoutFile)
    {
        var length = new FileInfo(stdoutFile).Length;
        if (length != Bytes.Length && Math.Max(length, Bytes.Length) > GoldenComparison.LargestText)
            return new GoldenDifference(1, $"{length} bytes, expected {Bytes.Length}; too large to be compared line by line");
        return GoldenComparison.Compare(Bytes.Span, File.ReadAllBytes(stdoutFile));
    }
}
