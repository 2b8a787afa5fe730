using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>A lock, an operation or a checkpoint that a killed process has worked on.</summary>
internal sealed class CrashedThing
{
    private readonly List<(CrashStep Step, CrashCall Call)> _calls = [];
    private readonly bool _died;

    private CrashedThing(string part, string prefix, string id, int process, bool died)
    {
        (Part, Prefix, Id) = (part, prefix, id);
        (Process, _died) = (process, died);
    }

    public string Part { get; }

    public string Prefix { get; }

    public string Id { get; }

    /// <summary>Which process it was, in the order of processes.</summary>
    public int Process { get; }

    /// <summary>The last call about it, which may not have returned.</summary>
    public CrashStep Last => _calls[^1].Step;

    /// <summary>Whether its process was killed while a call about it was under way.</summary>
    public bool IsUnderWay => _calls[^1].Call.IsUnderWay;

    public bool Has(CrashCall call) => _calls.Any(c => c.Call == call);

    /// <summary>What its process was given for it.</summary>
    public IEnumerable<(int Process, long Number)> Drawn => _calls.Where(static c => c.Step.Draws && c.Call.Number is not null).Select(c => (Process, c.Call.Number!.Value));

    /// <summary>What is there after all calls that have returned.</summary>
    public CrashState Acknowledged => After(_calls.Where(static c => !c.Call.IsUnderWay).ToList());

    public static IReadOnlyList<CrashedThing> Of(CrashScript script, IReadOnlyList<CrashEnd> ends)
    {
        var things = new Dictionary<(int, string, string, string), CrashedThing>();
        for (var process = 0; process < ends.Count; process++)
        {
            foreach (var call in ends[process].Story.Calls)
            {
                var step = script.Find(call.Key);
                var key = (process, step.Part, step.Prefix, step.Id);
                if (!things.TryGetValue(key, out var thing))
                    things.Add(key, thing = new CrashedThing(step.Part, step.Prefix, step.Id, process, ends[process].Story.Died));
                thing._calls.Add((step, call));
            }
        }

        return [.. things.Values];
    }

    /// <summary>What is there, if it is one of what may be there.</summary>
    /// <param name="found">What is there.</param>
    /// <param name="all">Everything of the same part.</param>
    public void Expect(CrashState found, IReadOnlyList<CrashedThing> all)
    {
        var before = Acknowledged;
        if (found == before)
            return;
        if (!IsUnderWay)
            throw new CrashFoundException(CrashPromises.Kept(Part, Last), $"After the kill there is {found}; what was acknowledged is {before}.");
        var number = Last.IsGone ? 0 : before.Number;
        if (found.Text != Last.After || (!Last.Draws && found.Number != number))
            throw new CrashFoundException(CrashPromises.Whole, $"After the kill there is {found}; the call under way leaves {before} if it has not happened, and {Last.After} if it has.");
        // A part has one caller in each process: what it was given, it was given before this call.
        var highest = (Part == CrashParts.Checkpoints ? [this] : all.Where(t => t.Process <= Process)).SelectMany(static t => t.Drawn).Select(static d => d.Number).DefaultIfEmpty().Max();
        if (Last.Draws && found.Number <= highest)
            throw new CrashFoundException(Part == CrashParts.Checkpoints ? CrashPromises.CheckpointKept : CrashPromises.FencesGrow, $"The number {found.Number} of the call under way is not greater than {highest}, which was given before.");
    }

    /// <summary>The calls about it, and the kill.</summary>
    public void Tell(History history)
    {
        foreach (var (step, call) in _calls)
            history.Note("A", step.Call, call.Error is { } error ? $"throws {error}" : call.Number is not { } number ? "no answer: under way when its process was killed" : number == 0 ? "true" : FormattableString.Invariant($"number {number}"));
        history.Note("A", _died ? "is killed" : "ends");
    }

    private static CrashState After(List<(CrashStep Step, CrashCall Call)> calls)
    {
        if (calls.Count == 0 || calls[^1].Step.IsGone)
            return new CrashState(CrashStates.Gone, 0);
        return new CrashState(calls[^1].Step.After, calls.Last(static c => c.Step.Draws).Call.Number ?? 0);
    }
}
