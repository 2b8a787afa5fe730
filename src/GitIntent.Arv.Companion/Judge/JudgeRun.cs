using System.Diagnostics;
using System.Text.Json;
using GitIntent.Arv.Companion.Judging;
using GitIntent.Reliability.Conformance;

namespace GitIntent.Arv.Companion.Judge;

/// <summary>Judges every subject by every check, and says of each before it begins and when it has ended: what the process dies of is then known.</summary>
internal sealed class JudgeRun(JudgeRequest request, AnswerFile answer, Watchdog watchdog)
{
    /// <summary>A call that blocks its thread is left behind on it: others must not wait for a thread.</summary>
    private const int Threads = 64;

    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);

    /// <summary>Called in the context that the assembly is loaded into, so with types that both contexts share.</summary>
    public static async Task RunAsync(string request, string answerPath)
    {
        ThreadPool.SetMinThreads(Threads, Threads);
        var answer = new AnswerFile(answerPath);
        var asked = JsonSerializer.Deserialize(request, JudgeJson.Default.JudgeRequest)!;
        var watchdog = new Watchdog(answer);
        await new JudgeRun(asked, answer, watchdog).RunAsync().ConfigureAwait(false);
        // A thread of a subject's can keep the process; it has a moment to end.
        watchdog.Watch(TimeSpan.FromSeconds(1), JudgeLine.Kept);
    }

    private async Task RunAsync()
    {
        var limit = TimeSpan.FromMilliseconds(request.LimitMs);
        var subjects = new SubjectFinder(request, answer, watchdog).Find();
        if (subjects is null)
            return;
        var options = new ConformanceOptions
        {
            Seed = request.Seed,
            Location = request.Location,
            // Several calls that block, and the check still says which promises they break.
            CallTimeout = limit / 10 < LongestCall ? limit / 10 : LongestCall,
        };
        var done = request.Done.ToHashSet();
        foreach (var subject in subjects)
        {
            var type = SubjectFinder.NameOf(subject.GetType());
            foreach (var id in request.Checks.Where(id => !done.Contains(new JudgedCheck(type, id))))
            {
                answer.Write(new JudgeLine { Event = JudgeLine.Started, Type = type, Check = id }, JudgeJson.Default.JudgeLine);
                using (watchdog.Watch(limit, JudgeLine.Hung))
                    answer.Write(await JudgeAsync(subject, type, id, options with { Child = CrashStart.Of(request, type) }).ConfigureAwait(false), JudgeJson.Default.JudgeLine);
            }
        }
        answer.Write(new JudgeLine { Event = JudgeLine.Done }, JudgeJson.Default.JudgeLine);
    }

    private static async Task<JudgeLine> JudgeAsync(ConformanceSubject subject, string type, string id, ConformanceOptions options)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await ConformanceSuite.Find(id)!.RunAsync(subject, options).ConfigureAwait(false);
        return new JudgeLine
        {
            Event = JudgeLine.Finished,
            Type = type,
            Check = id,
            Outcome = result.Outcome.ToString().ToLowerInvariant(),
            Reason = (result.SkipReason ?? result.Refusal) is { } reason ? BrokenPromise.Cut(reason) : null,
            DurationMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
            Broken = [.. result.Violations.Select(BrokenPromise.Of)],
        };
    }
}
