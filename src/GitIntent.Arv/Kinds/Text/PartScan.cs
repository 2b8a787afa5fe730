using System.Collections.Immutable;
using GitIntent.Arv.Model;
using GitIntent.Arv.Patterns.Matching;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Text;

/// <summary>What one check of a scan has found so far.</summary>
internal sealed class PartScan
{
    private readonly Lock _lock = new();
    private readonly ImmutableArray<string> _paths;
    private readonly List<Finding> _findings = [];
    private readonly List<LeftOut> _leftOut = [];
    private readonly List<(string Path, string Rule)> _overBudget = [];
    private readonly ImmutableArray<(ScanRule Rule, RuleScope Scope)> _rules;
    private int _read;

    /// <param name="patterns">The patterns of the scan, to which this part's are added.</param>
    public PartScan(ScanPart part, List<PreparedPattern> patterns, ImmutableArray<string> paths)
    {
        _paths = paths;
        var context = part.Context;
        var rules = ((TextCheck)part.Check).ActiveRules.Select(rule => new ScanRule(rule, this, Add(rule.Looks), Add(rule.Where))).ToList();
        var scopes = rules.GroupBy(rule => (Globs(rule.Rule.Include), Globs(rule.Rule.Exclude)))
            .ToDictionary(static g => g.Key, g => new RuleScope([.. g], g.Key.Item1, g.Key.Item2, context.Include));
        Scopes = [.. scopes.Values];
        _rules = [.. rules.Select(rule => (rule, scopes[(Globs(rule.Rule.Include), Globs(rule.Rule.Exclude))]))];

        GlobSet Globs(ImmutableArray<Config.Template> templates) => GlobSet.Parse([.. templates.Select(t => t.ExpandGlob(context.Bindings))]);

        int Add(PreparedPattern? pattern)
        {
            if (pattern is null)
                return -1;
            patterns.Add(pattern);
            return patterns.Count - 1;
        }
    }

    public ImmutableArray<RuleScope> Scopes { get; }

    public void Add(Finding finding)
    {
        lock (_lock)
            _findings.Add(finding);
    }

    public void CountRead() => Interlocked.Increment(ref _read);

    public void LeaveOut(string path, string reason)
    {
        lock (_lock)
            _leftOut.Add(new LeftOut(path, reason));
    }

    public void RefuseOverBudget(string rule, string path)
    {
        lock (_lock)
            _overBudget.Add((path, rule));
    }

    public CheckOutcome End()
    {
        foreach (var (rule, _) in _rules.Where(r => r.Rule.Rule.Demand == TextDemand.RequireAny && !r.Rule.HasFound && !IsOverBudget(r.Rule)))
            _findings.Add(FindingOf(rule.Rule.Info, null, TextSpan.Start, ""));
        var refusal = string.Join("; ", Refusals());
        var leftOut = _leftOut.OrderBy(static l => l.Path, StringComparer.Ordinal).ThenBy(static l => l.Reason, StringComparer.Ordinal);
        var tooMany = _rules.Where(static r => r.Rule.HasTooMany).Select(static r => r.Rule.Rule.Info.Id).ToHashSet(StringComparer.Ordinal);
        _findings.RemoveAll(f => tooMany.Contains(f.Rule));
        return new CheckOutcome([.. _findings], new Evidence(_paths, _read, [.. leftOut]), refusal.Length == 0 ? null : refusal);
    }

    public static Finding FindingOf(RuleInfo rule, string? path, TextSpan span, string anchor) => new()
    {
        Rule = rule.Id,
        Severity = rule.Severity,
        Message = rule.Message,
        Remedy = rule.Remedy,
        Help = rule.Help,
        Path = path,
        Span = span,
        Anchor = anchor,
    };

    private IEnumerable<string> Refusals()
    {
        if (_rules.IsEmpty)
            yield return "every rule is off; turn the check itself off, with the reason";
        foreach (var (rule, scope) in _rules)
        {
            if (scope.Refusal(rule, _paths.Length) is { } refusal)
                yield return refusal;
            if (rule.HasTooMany)
                yield return $"{rule.Rule.Info.Id}: matches more than {ScanRule.MostFindings} times; make its pattern more precise";
        }
        foreach (var (path, id) in _overBudget.Distinct().Order())
            yield return $"{id}: took more work than its budget in {path}; make its pattern more precise, or exclude the file";
    }

    private bool IsOverBudget(ScanRule rule) => _overBudget.Exists(o => o.Rule == rule.Rule.Info.Id);
}
