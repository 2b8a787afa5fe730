using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>
/// Kills one process after the other: at moments one by one, each on data of its own; then at random ones, with several callers under way, all on the
/// same data. It goes on until something shows. Done once for all promises of the check.
/// </summary>
internal sealed class CrashTrials
{
    /// <summary>How many processes are killed on the same data.</summary>
    private const int Chain = 4;

    private readonly Scene _scene;
    private readonly Func<string, ChildCommand> _child;
    private readonly string _folder;
    private int _number;

    private CrashTrials(Scene scene, Func<string, ChildCommand> child, string folder)
    {
        _scene = scene;
        _child = child;
        _folder = folder;
    }

    /// <summary>The parts that the subject offers.</summary>
    public IReadOnlyList<string> Parts { get; private set; } = [];

    /// <summary>What has shown; empty: nothing.</summary>
    public IReadOnlyList<CrashProblem> Problems { get; private set; } = [];

    public static async Task<CrashTrials> RunAsync(Scene scene)
    {
        if (!scene.IsDurable)
            throw new PartMissingException("the subject is not durable: nothing of it outlives its process");
        if (scene.Options.Child is not { } child)
            throw new CannotJudgeException("the subject is durable, and nobody said how a child process is started that can be killed: ConformanceOptions.Child");
        var folder = Directory.CreateTempSubdirectory("conformance-crash-").FullName;
        try
        {
            var trials = new CrashTrials(scene, child, folder);
            await trials.RunAsync();
            return trials;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task RunAsync()
    {
        // Nobody is killed: that shows which moments there are, and what the store does by itself.
        var whole = await StoryAsync(Job(_scene.Again(++_number), "p"));
        Parts = whole.Story.Parts ?? [];
        await JudgeAsync([whole]);
        if (Parts.Count == 0 && Problems.Count == 0)
            throw new PartMissingException("the subject offers nothing that could outlive a process");
        var kills = CrashPoints.Of(whole.Story.Moments, _scene.Options.Kills, _scene.Random);
        foreach (var some in kills.Chunk(Math.Max(1, _scene.Options.Processes)))
        {
            if (Problems.Count > 0)
                return;
            // The processes side by side; what they have left is looked at one after the other.
            await JudgeAsync(await Task.WhenAll([.. some.Select(n => StoryAsync(Job(_scene.Again(++_number), "p", job => job with { KillAt = n })))]));
        }

        var left = Math.Max(1, _scene.Options.Kills / 3);
        for (var process = 1; left > 0 && Problems.Count == 0; left -= Chain)
            process = await AtRandomAsync(process, Math.Min(left, Chain));
    }

    /// <summary>One after the other on the same data, each of them the first that opens it after a kill.</summary>
    private async Task<int> AtRandomAsync(int process, int count)
    {
        var part = _scene.Again(++_number);
        var told = new List<CrashEnd>();
        // What one cannot open is told of it; the next would be told the same.
        for (var last = process + count; process < last && told.All(static t => t.Story.OpenError is null); process++)
        {
            var (after, phase) = (_scene.Random.Next(1, 40), _scene.Random.NextDouble() * 2);
            told.Add(await StoryAsync(Job(part, FormattableString.Invariant($"p{process}"), job => job with { Busy = true, KillAfter = after, Phase = phase })));
        }

        await JudgeAsync(told);
        return process;
    }

    /// <param name="ends">Of one scene: one after the other on the same data. Of several: each by itself.</param>
    private async Task JudgeAsync(IReadOnlyList<CrashEnd> ends)
    {
        var problems = new List<CrashProblem>();
        foreach (var some in ends.GroupBy(static e => e.Part))
        {
            try
            {
                problems.AddRange(await new CrashJudge(some.Key, Parts).JudgeAsync([.. some]));
            }
            finally
            {
                _scene.History.Add(some.Key.History.Count + some.Sum(static e => e.Story.Calls.Count));
                await some.Key.CloseAsync();
            }
        }

        Problems = problems;
    }

    private (Scene, CrashJob) Job(Scene part, string prefix, Func<CrashJob, CrashJob>? change = null)
    {
        var job = new CrashJob
        {
            Journal = Path.Combine(_folder, $"{part.Name}-{prefix}.journal"),
            Namespace = part.Name,
            Location = _scene.Options.Location,
            Prefix = prefix,
            LimitMs = (int)CrashLimits.OfChild(_scene.Limit).TotalMilliseconds,
        };
        return (part, change?.Invoke(job) ?? job);
    }

    private async Task<CrashEnd> StoryAsync((Scene Part, CrashJob Job) what)
    {
        var (part, job) = what;
        var file = Path.ChangeExtension(job.Journal, ".job");
        job.Write(file);
        var how = await CrashingProcess.RunAsync(_child(file), CrashLimits.OfProcess(_scene.Limit), _scene.Stop);
        // A process that has not written a line has not run the subject.
        return File.Exists(job.Journal) ? new CrashEnd(part, job, CrashStory.Read(job.Journal), how)
            : throw new CannotJudgeException($"the child process {how}; it did not come to ConformanceChild.RunAsync");
    }
}

/// <summary>What became of a process.</summary>
/// <param name="Part">On whose data it worked.</param>
/// <param name="Job">What it was to do.</param>
/// <param name="Story">What it did.</param>
/// <param name="How">How it ended.</param>
internal sealed record CrashEnd(Scene Part, CrashJob Job, CrashStory Story, string How);
