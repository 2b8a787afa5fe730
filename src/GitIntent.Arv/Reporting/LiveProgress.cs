using GitIntent.Arv.Model;
using GitIntent.Arv.Running;

namespace GitIntent.Arv.Reporting;

/// <summary>
/// A line on the terminal that says what runs, for as long as it runs; without a terminal, nothing. The checks' threads only note
/// what happened: a timer draws, so that a terminal that does not take its line holds up nobody.
/// </summary>
internal sealed class LiveProgress : IRunObserver, IDisposable
{
    /// <summary>A run that is over by then shows no line at all.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private const string EraseLine = "\r\x1b[K";

    private readonly TextWriter? _terminal;
    private readonly int _width;
    private readonly TimeProvider _time;
    private readonly Lock _noting = new();
    private readonly Lock _drawing = new();
    private readonly List<(string Name, long Since)> _running = [];
    private ITimer? _timer;
    private int _done;
    private volatile bool _cleared;
    private string _shown = "";

    /// <param name="terminal">Where the line is shown, or null where nobody would see it.</param>
    /// <param name="width">The terminal's columns.</param>
    /// <param name="time">Draws, and tells how long a check has been running.</param>
    public LiveProgress(TextWriter? terminal, int width, TimeProvider time) =>
        (_terminal, _width, _time) = (terminal, width, time);

    public void CheckStarted(string gate, string check)
    {
        if (_terminal is null) return;

        lock (_noting)
        {
            _running.Add((Name(gate, check), _time.GetTimestamp()));
            if (!_cleared) _timer ??= _time.CreateTimer(static self => ((LiveProgress)self!).Draw(), this, Patience, Period);
        }
    }

    public void CheckFinished(string gate, CheckReport check)
    {
        if (_terminal is null) return;

        lock (_noting)
        {
            var name = Name(gate, check.Id);
            if (_running.FindIndex(r => r.Name == name) is var at and >= 0) _running.RemoveAt(at);
            _done++;
        }
    }

    public void GateFinished(GateReport gate)
    {
    }

    /// <summary>Removes the line for good, so that the report can be printed.</summary>
    public void Clear()
    {
        lock (_noting)
        {
            _cleared = true;
            _timer?.Dispose();
        }

        lock (_drawing)
        {
            if (_shown.Length > 0) Show("");
        }
    }

    public void Dispose() => Clear();

    private void Draw()
    {
        if (!_drawing.TryEnter()) return; // the terminal has not yet taken the last one

        try
        {
            if (!_cleared) Show(Line());
        }
        finally
        {
            _drawing.Exit();
        }
    }

    private void Show(string line)
    {
        if (line == _shown) return;

        try
        {
            _terminal!.Write(EraseLine + line);
            _terminal.Flush();
            _shown = line;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            _cleared = true; // the terminal is gone
        }
    }

    private string Line()
    {
        lock (_noting)
        {
            var now = _time.GetTimestamp();
            var names = _running.Select(r => _time.GetElapsedTime(r.Since, now) is { TotalSeconds: >= 1 } t ? $"{r.Name} ({Phrases.Number((int)t.TotalSeconds)} s)" : r.Name);
            return Fit($"{Phrases.Count(_done, "check")} done, {Phrases.Number(_running.Count)} running: {string.Join(", ", names)}");
        }
    }

    private static string Name(string gate, string check) => EscapeTerminal.Text($"{gate}/{check}");

    /// <summary>A line that wraps could not be erased.</summary>
    private string Fit(string line) => line.Length < _width ? line : line[..Math.Max(0, _width - 2)] + "…";
}
