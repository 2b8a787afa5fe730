using System.Globalization;
using GitIntent.Reliability.Conformance.Checks;

namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>What a process does, part by part, and what is to be found after each call. The same for the process that does it and for the one that looks after it.</summary>
internal sealed class CrashScript(bool timed)
{
    private static readonly TimeSpan s_kept = TimeSpan.FromHours(1);

    /// <summary>Longer than a page of any file system or database, so that a write of it can be cut.</summary>
    private static readonly string s_long = new('x', 6000);

    private readonly CrashStates _states = new(timed);
    private readonly Dictionary<(string Part, string Prefix), IReadOnlyList<CrashStep>> _steps = [];

    /// <summary>One caller's way through all parts, one call of each after the other.</summary>
    public IEnumerable<CrashStep> InTurn(IEnumerable<string> parts, string prefix)
    {
        var scripts = parts.Select(part => Of(part, prefix)).ToList();
        return Enumerable.Range(0, scripts.Max(static s => s.Count)).SelectMany(i => scripts.Where(s => i < s.Count).Select(s => s[i]));
    }

    public IReadOnlyList<CrashStep> Of(string part, string prefix) => part switch
    {
        CrashParts.Locks => Locks(prefix),
        CrashParts.Records => Records(prefix),
        _ => Checkpoints(prefix),
    };

    /// <summary>The step of that <see cref="CrashStep.Key"/>.</summary>
    public CrashStep Find(string key)
    {
        var words = key.Split('/');
        if (!_steps.TryGetValue((words[0], words[1]), out var steps))
            _steps.Add((words[0], words[1]), steps = Of(words[0], words[1]));
        return steps[int.Parse(words[2], CultureInfo.InvariantCulture)];
    }

    private List<CrashStep> Locks(string prefix)
    {
        var steps = new List<CrashStep>();
        var (a, b, c) = ($"{prefix}-a", $"{prefix}-b", $"{prefix}-c");
        Acquire(a, 60);
        Add(a, "extend {0} to 120 s", Held(120), false, hands => hands.ExtendAsync(a, 120));
        Acquire(b, 90);
        Add(b, "release {0}", CrashStates.Gone, false, hands => hands.ReleaseAsync(b));
        Acquire(c, 60);
        Add(c, "force-release {0}", CrashStates.Gone, false, hands => hands.ForceAsync(c));
        Acquire(b, 60);
        return steps;

        void Acquire(string run, double seconds) => Add(run, $"acquire {{0}} for {seconds:0} s", Held(seconds), true, hands => hands.AcquireAsync(run, seconds));
        void Add(string run, string call, string after, bool draws, Func<CrashHands, Task<long>> act) =>
            steps.Add(new CrashStep(CrashParts.Locks, prefix, steps.Count, run, call.Replace("{0}", run, StringComparison.Ordinal), after, draws, act));
    }

    private List<CrashStep> Records(string prefix)
    {
        var steps = new List<CrashStep>();
        var json = $$"""{"of":"{{prefix}}","amount":2.50,"text":"é{{s_long}}"}""";
        var refused = new PolicyDeniedException($"{prefix} may not");
        var (pay, mail, probe, report) = (Key("pay"), Key("mail"), Key("probe"), Key("report"));
        Begin(pay);
        Add(pay, "renew {0} to 120 s", _states.Pending(At(120)), false, hands => hands.RenewAsync(pay, 120));
        Add(pay, $"complete {{0}} with {json.Length} characters", _states.Completed(json, VirtualTime.Start + s_kept), false, hands => hands.CompleteAsync(pay, json, s_kept));
        Begin(mail);
        Add(mail, "fail {0} for good", _states.Failed(FailureInfo.From(refused), VirtualTime.Start + s_kept), false, hands => hands.FailAsync(mail, refused, s_kept));
        Begin(probe);
        Add(probe, "delete {0}", CrashStates.Gone, false, hands => hands.DeleteAsync(probe));
        Begin(report);
        return steps;

        IdempotencyKey Key(string operation) => KeyOf(prefix, operation);
        void Begin(IdempotencyKey key) => Add(key, "begin {0}", _states.Pending(At(60)), true, hands => hands.BeginAsync(key, 60));
        void Add(IdempotencyKey key, string call, string after, bool draws, Func<CrashHands, Task<long>> act) =>
            steps.Add(new CrashStep(CrashParts.Records, prefix, steps.Count, key.Operation, call.Replace("{0}", $"{prefix}/{key.Operation}", StringComparison.Ordinal), after, draws, act));
    }

    public static IdempotencyKey KeyOf(string prefix, string operation) => IdempotencyKey.Create(prefix, "step-1", operation);

    private static List<CrashStep> Checkpoints(string prefix)
    {
        var steps = new List<CrashStep>();
        var (a, b) = ($"{prefix}-a", $"{prefix}-b");
        Save(a, 1);
        Save(a, 2);
        Save(b, 1);
        steps.Add(new CrashStep(CrashParts.Checkpoints, prefix, steps.Count, b, $"delete checkpoint of {b}", CrashStates.Gone, false, hands => hands.ForgetAsync(b)));
        Save(a, 3);
        return steps;

        void Save(string id, int revision)
        {
            var run = RunOf(id, revision);
            steps.Add(new CrashStep(CrashParts.Checkpoints, prefix, steps.Count, id, $"save checkpoint of {id}, revision {revision}", CrashStates.Saved(RunCheckpoint.Of(run)), true, hands => hands.SaveAsync(run)));
        }
    }

    public static RunState RunOf(string id, int revision) =>
        Runs.Run(("a", StepStatus.Completed, $"\"{revision} {s_long}\""), ("b", revision > 1 ? StepStatus.Completed : StepStatus.Failed, revision > 1 ? $"\"{revision}\"" : null), ("c", StepStatus.Pending, null)) with { RunId = id, Revision = revision };

    private string Held(double seconds) => _states.Held(At(seconds));

    private static DateTimeOffset At(double seconds) => VirtualTime.Start.AddSeconds(seconds);
}
