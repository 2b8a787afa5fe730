namespace GitIntent.Arv.Patterns.Matching;

/// <summary>
/// Runs a program over a text with threads in lockstep, the thread of the earlier alternative first (Pike's machine,
/// https://swtch.com/~rsc/regexp/regexp2.html): linear for one match, and the same matches as a backtracking engine's.
/// .NET's linear engine is not used because it misses some: <c>[A-Za-z]?\W</c> on <c>k1 !x1</c> (.NET 10.0) skips the first of two,
/// and <c>(?:xa|x|xy)[yK]</c> ends too late. And it counts no work, so that a budget would be time, and the verdict the machine's.
/// </summary>
internal sealed class ThreadMachine : MatchMachine
{
    private const int StepsBetweenLooks = 500_000;

    private readonly Step[] _steps;
    private readonly FirstBytes _first;
    private readonly int[] _seen;
    private readonly int[] _pending;
    private ThreadList _now;
    private ThreadList _next;
    private int _generation;
    private long _lookAt;

    public ThreadMachine(PatternProgram program, FirstBytes first)
    {
        _steps = program.Steps;
        _first = first;
        _seen = new int[_steps.Length];
        _pending = new int[2 * _steps.Length];
        _now = new ThreadList(_steps.Length);
        _next = new ThreadList(_steps.Length);
    }

    public override (int Start, int End)? Find(ReadOnlySpan<byte> text, int at, int startsEnd, bool open)
    {
        (int Start, int End)? match = null;
        Undecided = -1;
        _now.Count = 0;
        _lookAt = Work;
        var starts = text[..Math.Min(startsEnd, text.Length)];
        while (Work >= 0)
        {
            if (Work <= _lookAt)
            {
                Stop.ThrowIfCancellationRequested();
                _lookAt = Work - StepsBetweenLooks;
            }
            if (_now.Count == 0)
            {
                if (match is not null || at >= starts.Length || (at = _first.Next(starts, at)) < 0)
                    return match;
                _generation++;
            }
            if (open && at + OpenEnd > text.Length)
            {
                Undecided = FirstStart(match?.Start ?? at);
                return null;
            }
            var codePoint = Utf8.CodePointAt(text, at, out var width);
            if (match is null && at < starts.Length && _first.Accepts(codePoint))
                Add(_now, 0, at, text, at);
            Work -= _now.Count + 1;
            match = Step(text, at, codePoint, width) ?? match;
            if (codePoint < 0)
                return match;
            at += width;
            (_now, _next) = (_next, _now);
        }
        return null;
    }

    private int FirstStart(int first)
    {
        for (var i = 0; i < _now.Count; i++)
            first = Math.Min(first, _now.Starts[i]);
        return first;
    }

    /// <summary>Moves all threads over one code point; a match, when a thread has one, ends those of less priority.</summary>
    private (int Start, int End)? Step(ReadOnlySpan<byte> text, int at, int codePoint, int width)
    {
        _next.Count = 0;
        _generation++;
        for (var i = 0; i < _now.Count; i++)
        {
            ref readonly var step = ref _steps[_now.Steps[i]];
            if (step.Type == StepType.Match)
                return (_now.Starts[i], at);
            if (codePoint >= 0 && step.Set.Accepts(codePoint))
                Add(_next, _now.Steps[i] + 1, _now.Starts[i], text, at + width);
        }
        return null;
    }

    /// <summary>Adds the threads that are reached from a step without a character, in order of priority; each step once.</summary>
    private void Add(ThreadList threads, int first, int start, ReadOnlySpan<byte> text, int at)
    {
        _pending[0] = first;
        for (var count = 1; count > 0;)
        {
            var index = _pending[--count];
            if (_seen[index] == _generation)
                continue;
            _seen[index] = _generation;
            Work--;
            ref readonly var step = ref _steps[index];
            switch (step.Type)
            {
                case StepType.Jump:
                    _pending[count++] = step.First;
                    break;
                case StepType.Split:
                    _pending[count++] = step.Second;
                    _pending[count++] = step.First;
                    break;
                case StepType.Assertion:
                    if (Holds(step.Assertion, text, at))
                        _pending[count++] = index + 1;
                    break;
                default:
                    threads.Add(index, start);
                    break;
            }
        }
    }

    /// <summary>Threads, the first with the most priority: each at a step, each with the place where its match starts.</summary>
    private sealed class ThreadList(int capacity)
    {
        public int[] Steps { get; } = new int[capacity];

        public int[] Starts { get; } = new int[capacity];

        public int Count { get; set; }

        public void Add(int step, int start)
        {
            Steps[Count] = step;
            Starts[Count++] = start;
        }
    }
}
