namespace GitIntent.Arv.Patterns.Matching;

/// <summary>The search for one pattern in one text.</summary>
internal sealed class PatternSearch(PreparedPattern pattern, RunFinder? runs)
{
    private MatchMachine? _direct;
    private ThreadMachine? _threads;
    private int _text;
    private int _number;
    private int _query;
    private bool _firstOnly;
    private bool _ended;
    private bool _undecided;

    /// <summary>In the text: matches that start before are found, or there are none.</summary>
    private long _resume;
    private long _work;
    private long _spent;
    private long _allowedDirect;
    private long _seen;

    /// <summary>Where matches may start, or what they hold stands, in the window.</summary>
    public List<int> Candidates { get; } = [];

    /// <summary>
    /// What one pattern may do in one file, in steps of the machine: well under a second's worth, and as much again for each million bytes. A step count is the
    /// same on every machine, so is the verdict. An honest pattern needs a few steps a character; a match is linear, but all matches of a
    /// file need not be (<c>a[^z]*z|a</c>).
    /// </summary>
    private const long Budget = 30_000_000;
    private const long BudgetOfByte = 30;

    /// <summary>Attempts one by one are quick until they look at the same bytes again and again; then all at once are.</summary>
    private const long DirectBudget = 100_000;
    private const long DirectBudgetOfByte = 4;

    /// <summary>True the first time that a window asks.</summary>
    /// <param name="number">The window's: it may start where the last one did, and hold more.</param>
    public bool Prepare(int text, int number, in PatternWindow window, int query, bool firstOnly)
    {
        if (_number == number)
            return false;
        if (_text != text)
        {
            (_text, _query, _firstOnly, _ended, _resume) = (text, query, firstOnly, false, 0);
            (_work, _allowedDirect, _spent, _seen) = (Budget, DirectBudget, 0, 0);
        }
        var fresh = window.Start + window.Text.Length - _seen;
        _work += BudgetOfByte * fresh;
        _allowedDirect += DirectBudgetOfByte * fresh;
        (_seen, _number) = (_seen + fresh, number);
        Candidates.Clear();
        return true;
    }

    /// <summary>Adds the matches that start in the window, before its end.</summary>
    /// <returns>Where the next window's begin.</returns>
    public int Run(in PatternWindow window, MatchResults results, CancellationToken stop)
    {
        if (_ended)
            return window.StartsEnd;
        var at = (int)Math.Max(_resume - window.Start, 0);
        var next = Walk(window, at, results, stop);
        if (_work < 0 || (next < window.StartsEnd && window.IsFull && next - window.Margin <= 0))
        {
            // What needs more text than can be had takes too much work, too: both are the same on every machine.
            _ended = true;
            results.Matches.RemoveAll(m => m.Query == _query);
            results.OverBudget.Add(_query);
        }
        _resume = window.Start + next;
        return _ended ? window.StartsEnd : next;
    }

    private int Walk(in PatternWindow window, int at, MatchResults results, CancellationToken stop)
    {
        if (runs is not null)
            return WalkRuns(window, at, results, stop);
        if (pattern.Literals.IsEmpty || pattern.Reach == Reach.Text)
        {
            var isWhole = window.IsLast && window.Start == 0;
            return isWhole && !pattern.Literals.IsEmpty && Candidates.Count == 0 ? window.StartsEnd : Try(window, at, window.StartsEnd, at, results, stop);
        }
        return pattern.Reach == Reach.Line ? WalkLines(window, at, results, stop) : WalkPlaces(window, at, results, stop);
    }

    private int WalkPlaces(in PatternWindow window, int at, MatchResults results, CancellationToken stop)
    {
        // Literals of one pattern may stand at different distances.
        if (pattern.Literals.Length > 1)
            Candidates.Sort();
        foreach (var candidate in Candidates)
        {
            if (candidate < at)
                continue;
            if (candidate >= window.StartsEnd || _ended)
                break;
            var isSlow = _spent > _allowedDirect;
            at = Try(window, candidate, isSlow ? window.StartsEnd : candidate + 1, at, results, stop);
            if (_undecided)
                return at;
        }
        return Math.Max(at, window.StartsEnd);
    }

    private int WalkLines(in PatternWindow window, int at, MatchResults results, CancellationToken stop)
    {
        if (pattern.Literals.Length > 1)
            Candidates.Sort();
        foreach (var candidate in Candidates)
        {
            if (candidate < at || _ended)
                continue;
            var start = at + window.Text[at..candidate].LastIndexOf((byte)'\n') + 1;
            var length = window.Text[candidate..].IndexOf((byte)'\n');
            if (length < 0 && !window.IsLast)
                break;
            var end = length < 0 ? window.Text.Length : candidate + length;
            at = Try(window, start, end, at, results, stop);
            if (_undecided)
                return at;
            at = Math.Max(at, end);
        }
        return WalkCutLine(window, at, results, stop);
    }

    /// <summary>Of the line that the window cuts, what decides may come later: it waits, or, if it is long, is looked at whole.</summary>
    private int WalkCutLine(in PatternWindow window, int at, MatchResults results, CancellationToken stop)
    {
        if (window.IsLast)
            return Math.Max(at, window.Text.Length);
        var last = Math.Max(at, window.Text.LastIndexOf((byte)'\n') + 1);
        if (last < window.StartsEnd)
            return Try(window, last, window.StartsEnd, at, results, stop);
        // Runs were looked at only up to where the window's matches start; whole lines to their ends.
        return runs is null ? last : Math.Max(at, window.StartsEnd);
    }

    private int WalkRuns(in PatternWindow window, int at, MatchResults results, CancellationToken stop)
    {
        var run = pattern.Run!;
        var distance = Math.Max(run.Distance, 0);
        var isWhole = window.IsLast && window.Start == 0;
        if (pattern.Reach == Reach.Text && (!isWhole || runs!.Next(window.Text, at, open: false) is not null))
            return Try(window, at, window.StartsEnd, at, results, stop);
        for (var from = at; pattern.Reach != Reach.Text && from < window.Text.Length && !_ended;)
        {
            if (runs!.Next(window.Text, from, open: !window.IsLast) is not var (start, end))
                break;
            var isCut = end == window.Text.Length && !window.IsLast;
            var (first, last) = pattern.Reach == Reach.Distance
                ? (start - distance, end - run.Length - distance + 1)
                : (at + window.Text[at..Math.Max(at, start)].LastIndexOf((byte)'\n') + 1, end);
            at = Try(window, Math.Max(first, at), Math.Min(isCut ? window.StartsEnd : last, window.StartsEnd), at, results, stop);
            if (_undecided)
                return at;
            from = Math.Max(end, at);
        }
        return pattern.Reach == Reach.Line && !_ended ? WalkCutLine(window, at, results, stop) : Math.Max(at, window.StartsEnd);
    }

    /// <summary>Adds the matches that start in a range.</summary>
    /// <returns>Where the next may start: not before the end of the last.</returns>
    private int Try(in PatternWindow window, int from, int startsEnd, int at, MatchResults results, CancellationToken stop)
    {
        _undecided = false;
        from = Math.Max(from, at);
        if (from >= startsEnd)
            return Math.Max(at, startsEnd);
        var single = startsEnd - from <= 1;
        var machine = single ? _direct ??= pattern.NewDirect() : _threads ??= pattern.NewThreads();
        machine.Stop = stop;
        machine.Work = _work;
        while (!_ended && machine.Find(window.Text, from, startsEnd, open: !window.IsLast) is var (start, end))
        {
            results.Matches.Add(new PatternMatch(_query, start, end));
            _ended = _firstOnly;
            from = end;
        }
        _spent += _work - machine.Work;
        _work = machine.Work;
        if (machine.Undecided >= 0 && _work >= 0)
        {
            _undecided = true;
            return machine.Undecided;
        }
        if (_work < 0)
            _ended = true;
        return Math.Max(at, Math.Max(from, startsEnd));
    }
}
