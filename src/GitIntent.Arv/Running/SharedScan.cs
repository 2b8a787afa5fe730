using System.Collections.Concurrent;
using System.Collections.Immutable;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Running;

/// <summary>One pass over the files that several checks look at: each is read once, whatever the number of checks.</summary>
internal static class SharedScan
{
    private const int MostNeighbours = 32;

    /// <returns>What each part came to, in their order.</returns>
    public static async Task<ImmutableArray<CheckOutcome>> RunAsync(ImmutableArray<ScanPart> parts, int jobs, CancellationToken stop)
    {
        var scan = ((IScanCheck)parts[0].Check).BeginScan(parts);
        var work = FilesOf(parts);
        var unread = new ConcurrentBag<(int Part, LeftOut What)>();
        var crashes = new ConcurrentDictionary<int, string>();
        var next = 0;
        var workers = Math.Clamp(work.Files.Length, 1, jobs);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(Work, stop))).ConfigureAwait(false);
        return [.. parts.Select((part, index) => End(scan, part, index, unread, crashes))];

        void Work()
        {
            var worker = scan.NewWorker();
            using var opener = parts[0].Context.Workspace.NewOpener();
            while (Take() is var (first, end) && first < end)
            {
                for (var mine = first; mine < end; mine++)
                {
                    stop.ThrowIfCancellationRequested();
                    var (file, indices) = (work.Files[mine], work.Parts(mine));
                    try
                    {
                        var (bytes, reason) = opener.Open(file.Place, stop);
                        using (bytes)
                            reason ??= worker.Visit(file, bytes!, indices, stop);
                        if (reason is not null)
                            AddUnread(file, indices, reason);
                    }
                    catch (Exception e) when (e is not OperationCanceledException)
                    {
                        // A crash over one file must not take the other checks along; those that wanted the file are refused.
                        worker = scan.NewWorker();
                        AddCrash(indices, $"crashed over {file.Path}: {e.GetType().Name}: {e.Message}");
                    }
                }
            }
        }

        (int First, int End) Take()
        {
            // Neighbours lie in one folder, which is opened once for them; at the end single files, so that no worker ends alone with many.
            var run = work.Files.Length - Volatile.Read(ref next) > MostNeighbours * 4 * workers ? MostNeighbours : 1;
            var end = Interlocked.Add(ref next, run);
            return (Math.Min(end - run, work.Files.Length), Math.Min(end, work.Files.Length));
        }

        void AddUnread(WorkspaceFile file, ImmutableArray<int> indices, string reason)
        {
            foreach (var index in indices)
                unread.Add((index, new LeftOut(file.Path, reason)));
        }

        void AddCrash(ImmutableArray<int> indices, string crash)
        {
            foreach (var index in indices)
                crashes.AddOrUpdate(index, crash, (_, other) => string.CompareOrdinal(crash, other) < 0 ? crash : other);
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

    /// <summary>Every file of the parts, once, in order of path.</summary>
    private static SharedFiles FilesOf(ImmutableArray<ScanPart> parts)
    {
        var bySelection = parts.Select(static (part, index) => (part.Context.Inputs, index))
            .GroupBy(static p => p.Inputs, static p => p.index, ReferenceEqualityComparer.Instance)
            .Select(static g => (Selection: (Selection)g.Key!, Parts: g.ToImmutableArray())).ToList();
        // Mostly all want the same: then it is their own list.
        if (bySelection is [var only])
            return new SharedFiles(only.Selection.Files, [only.Parts]);

        var byPath = new Dictionary<string, (WorkspaceFile File, ImmutableArray<int> Parts)>(StringComparer.Ordinal);
        foreach (var (selection, indices) in bySelection)
        {
            foreach (var file in selection.Files)
                byPath[file.Path] = byPath.TryGetValue(file.Path, out var seen) ? (file, [.. seen.Parts, .. indices]) : (file, indices);
        }
        var work = byPath.Values.ToList();
        work.Sort(static (a, b) => string.CompareOrdinal(a.File.Path, b.File.Path));
        return new SharedFiles([.. work.Select(static w => w.File)], [.. work.Select(static w => w.Parts)]);
    }

    /// <param name="Wanting">For each file the parts that want it; one for all where that is so of all.</param>
    private readonly record struct SharedFiles(ImmutableArray<WorkspaceFile> Files, ImmutableArray<ImmutableArray<int>> Wanting)
    {
        public ImmutableArray<int> Parts(int file) => Wanting[Wanting.Length == 1 ? 0 : file];
    }
}
