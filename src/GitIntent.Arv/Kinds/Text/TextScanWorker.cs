using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GitIntent.Arv.Model;
using GitIntent.Arv.Patterns.Matching;
using GitIntent.Arv.Tree;
using GitIntent.Arv.Tree.Reading;

namespace GitIntent.Arv.Kinds.Text;

/// <summary>Looks at files for a scan. What is found in one is held back until the file is read to its end: only then is it known what it is worth.</summary>
internal sealed class TextScanWorker(ImmutableArray<PartScan> parts, IPatternSearch search, TextWindows windows) : IScanWorker
{
    private readonly MatchResults _results = new();
    private readonly List<RuleScope> _scopes = [];
    private readonly List<(int Rule, Finding Finding)> _findings = [];
    private readonly HashSet<int> _found = [];
    private readonly HashSet<int> _silent = [];
    private readonly Dictionary<int, int> _counts = [];
    private ActiveRules _rules = new([]);

    public string? Visit(WorkspaceFile file, IByteStream bytes, ImmutableArray<int> asked, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        Select(file, asked);
        var isNamed = IsNamed(file.Path);
        windows.Begin(bytes, endAtNul: !isNamed);
        if (isNamed || !windows.HasNul)
            Search(file, stop);
        if (bytes.Finish() is { } reason)
            return reason;
        foreach (var part in asked)
            Count(parts[part], file.Path);
        if (isNamed || !windows.HasNul)
            Report(file);
        return null;
    }

    private bool IsNamed(string path)
    {
        foreach (var scope in _scopes)
        {
            if (scope.Names(path))
                return true;
        }
        return false;
    }

    /// <summary>Mostly the same rules as for the file before.</summary>
    private void Select(WorkspaceFile file, ImmutableArray<int> asked)
    {
        _scopes.Clear();
        foreach (var part in asked)
        {
            foreach (var scope in parts[part].Scopes)
            {
                if (scope.Selects(file.Path))
                    _scopes.Add(scope);
            }
        }
        if (!CollectionsMarshal.AsSpan(_scopes).SequenceEqual(_rules.Scopes.AsSpan()))
            _rules = new ActiveRules(_scopes);
    }

    private void Search(WorkspaceFile file, CancellationToken stop)
    {
        _findings.Clear();
        _found.Clear();
        _counts.Clear();
        _results.OverBudget.Clear();
        search.Begin(_rules.Queries);
        var start = LinePlaces.Base.Start;
        while (true)
        {
            var window = new PatternWindow(windows.Text, windows.Start, LineAnchors.Reach, windows.IsLast, windows.IsFull);
            var keep = search.Search(window, _results, stop);
            if (_results.Matches.Count > 0)
                Collect(file.Path, start);
            if (windows.IsLast)
                return;
            start = new LinePlaces(windows.Text, start).At(keep);
            windows.Next(keep);
        }
    }

    private void Collect(string path, LinePlaces.Base start)
    {
        var places = new LinePlaces(windows.Text, start);
        var anchors = new LineAnchors(windows.Text);
        foreach (var match in _results.Matches)
        {
            _found.Add(match.Query);
            if (_rules.IsWhere(match.Query) || _rules.Rules[match.Query].FirstOnly)
                continue;
            // Of what matches everywhere, the rest is only counted.
            var count = _counts[match.Query] = _counts.GetValueOrDefault(match.Query) + 1;
            if (count > ScanRule.MostFindings || _rules.Rules[match.Query].HasTooMany)
                continue;
            var rule = _rules.Rules[match.Query].Rule.Info;
            _findings.Add((match.Query, PartScan.FindingOf(rule, path, places.Span(match.Start, match.End), anchors.At(match.Start))));
        }
    }

    private void Count(PartScan part, string path)
    {
        var (looked, binary) = (false, false);
        foreach (var scope in _scopes)
        {
            if (scope.Rules[0].Part != part)
                continue;
            var leftOut = windows.HasNul && !scope.Names(path);
            scope.Count(leftOut);
            looked |= !leftOut;
            binary |= leftOut;
        }
        if (looked)
            part.CountRead();
        if (binary)
            part.LeaveOut(path, LeftOutReasons.Binary);
        if (looked && windows.HasInvalid)
            part.LeaveOut(path, LeftOutReasons.InvalidUtf8);
    }

    private void Report(WorkspaceFile file)
    {
        if (_found.Count == 0 && _results.OverBudget.Count == 0 && !_rules.HasRequired)
            return;
        FindSilent(file);
        foreach (var query in _results.OverBudget)
        {
            var rule = _rules.RuleOf[query];
            if (_silent.Add(rule))
                _rules.Rules[rule].Part.RefuseOverBudget(_rules.Rules[rule].Rule.Info.Id, file.Path);
        }
        foreach (var (rule, count) in _counts)
        {
            if (!_silent.Contains(rule))
                _rules.Rules[rule].CountFindings(count);
        }
        foreach (var (rule, finding) in _findings)
        {
            if (!_silent.Contains(rule))
                _rules.Rules[rule].Part.Add(finding);
        }
        for (var i = 0; i < _rules.Rules.Length && _rules.HasRequired; i++)
        {
            var rule = _rules.Rules[i];
            if (!rule.FirstOnly || _silent.Contains(i))
                continue;
            if (_found.Contains(i))
                rule.MarkFound();
            else if (rule.Rule.Demand == TextDemand.RequireEach)
                rule.Part.Add(PartScan.FindingOf(rule.Rule.Info, file.Path, TextSpan.Start, ""));
        }
    }

    /// <summary>The rules that the file is binary to, and those whose <c>where</c> it does not have.</summary>
    private void FindSilent(WorkspaceFile file)
    {
        _silent.Clear();
        if (windows.HasNul)
            _silent.UnionWith(_scopes.Where(s => !s.Names(file.Path)).SelectMany(static s => s.Rules).Select(r => _rules.Rules.IndexOf(r)));
        for (var query = _rules.Rules.Length; query < _rules.Queries.Length; query++)
        {
            if (!_found.Contains(query) && !_results.OverBudget.Contains(query))
                _silent.Add(_rules.RuleOf[query]);
        }
    }
}
