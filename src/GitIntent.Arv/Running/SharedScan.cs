using System.Collections.Concurrent;
using System.Collections.Immutable;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Running;

/// <summary>One pass over the files that several checks look at: each is read once, whatever the number of checks.</summary>
internal static class SharedScan
{
    /// <returns>What each part came to, in their order.</returns>
    public static async Task<ImmutableArray<CheckOutcome>> RunAsync(ImmutableArray<ScanPart> parts, int jobs, CancellationToken stop)
    {
        var scan = ((IScanCheck)parts[0].Check).BeginScan(parts);
        var work = FilesOf(parts);
        var unread = new ConcurrentBag<(int Part, LeftOut What)>();
        var crashes = new ConcurrentDictionary<int, string>();
        var next = -1;
        var workers = Enumerable.Range(0, Math.Clamp(work.Count, 1, jobs)).Select(_ => Task.Run(Work, stop)).ToArray();
        await Task.WhenAll(workers).ConfigureAwait(false);
        return [.. parts.Select((part, index) => End(scan, part, index, unread, crashes))];

        void Work()
        {
            int mine;
            while ((mine = Interlocked.Increment(ref next)) < work.Count)
            {
                stop.ThrowIfCancellationRequested();
                var (file, indices) = work[mine];
                try
                {
                    var read = parts[0].Context.Workspace.Read(file, stop);
                    if (read.Text is { } text)
                        scan.Visit(file, text, indices, stop);
                    else
                        Array.ForEach(indices, index => unread.Add((index, new LeftOut(file.Path, read.Reason!))));
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // A crash over one file must not take the other checks along; those that wanted the file are refused.
                    var crash = $"crashed over {file.Path}: {e.GetType().Name}: {e.Message}";
                    Array.ForEach(indices, index => crashes.AddOrUpdate(index, crash, (_, other) => string.CompareOrdinal(crash, other) < 0 ? crash : other));
                }
            }
        }
    }

    private static CheckOutcome End(IScan scan, ScanPart part, int index, IEnumerable<(int Part, LeftOut What)> unread, ConcurrentDictionary<int, string> crashes)
    {
        if (crashes.TryGetValue(index, out var crash))
            return CheckOutcome.Refused(crash);
        var outcome = scan.End(index);
        outcome = outcome with { Evidence = Verdicts.AddLeftOut(outcome.Evidence, part.Context.Inputs.LeftOut) };
        var obstacles = unread.Where(u => u.Part == index).Select(static u => u.What).Concat(part.Context.Inputs.Blocked)
            .OrderBy(static l => l.Path, StringComparer.Ordinal).ToList();
        return Verdicts.AddObstacles(outcome, obstacles);
    }

    /// <summary>Every file of the parts, once, with the parts that want it. The long ones first, so that no worker ends alone with one.</summary>
    private static List<(WorkspaceFile File, int[] Parts)> FilesOf(ImmutableArray<ScanPart> parts)
    {
        var bySelection = parts.Select(static (part, index) => (part.Context.Inputs, index))
            .GroupBy(static p => p.Inputs, static p => p.index, ReferenceEqualityComparer.Instance)
            .Select(static g => (Selection: (Selection)g.Key!, Parts: g.ToArray())).ToList();
        List<(WorkspaceFile File, int[] Parts)> work;
        if (bySelection is [var only])
        {
            work = [.. only.Selection.Files.Select(file => (file, only.Parts))];
        }
        else
        {
            var byPath = new Dictionary<string, (WorkspaceFile File, int[] Parts)>(StringComparer.Ordinal);
            foreach (var (selection, indices) in bySelection)
            {
                foreach (var file in selection.Files)
                    byPath[file.Path] = byPath.TryGetValue(file.Path, out var seen) ? (file, [.. seen.Parts, .. indices]) : (file, indices);
            }
            work = [.. byPath.Values];
        }
        work.Sort(static (a, b) => b.File.Length.CompareTo(a.File.Length));
        return work;
    }
}
