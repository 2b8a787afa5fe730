namespace GitIntent.Arv.Schemas;

/// <summary>How large a pattern is with its counts written out: what the linear engine's automaton grows with.</summary>
internal sealed class PatternSize
{
    private readonly Stack<long> _outer = new();
    private long _here;
    private long _last;

    public long Total => _outer.Sum() + _here;

    public void Atom()
    {
        _last = 1;
        _here++;
    }

    public void Open()
    {
        _outer.Push(_here);
        _here = 0;
    }

    public void Close()
    {
        _last = _here;
        _here += _outer.TryPop(out var outer) ? outer : 0;
    }

    public void Repeat(int times)
    {
        var grown = Math.Min(_last * Math.Max(times, 1), int.MaxValue);
        _here = Math.Min(_here - _last + grown, int.MaxValue);
        _last = grown;
    }
}
