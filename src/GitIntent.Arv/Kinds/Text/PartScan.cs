using System.Collections.Immutable;
using GitIntent.Arv.Model;
using GitIntent.Arv.Patterns.Dialect;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Text;

/// <summary>What one check of a scan has found so far.</summary>
internal sealed class PartScan
{
    private readonly Lock _lock = new();
    private readonly ImmutableArray<ScanRule> _rules;
    private readonly ImmutableArray<string> _paths;
    private readonly List<Finding> _findings = [];
    private readonly List<LeftOut> _leftOut = [];
    private readonly List<(string Path, string Rule)> _overBudget = [];
    private int _read;

    /// <param name="patterns">The patterns of the scan, to which this part's are added.</param>
    public PartScan(ScanPart part, List<Pattern> patterns, ImmutableArray<string> paths)
    {
        _paths = paths;
        _rules = [.. ((TextCheck)part.Check).ActiveRules.Select(rule => new ScanRule(rule, this, part.Context, Add(rule.Looks), Add(rule.Where)))];

        int Add(Pattern? pattern)
        {
            if (pattern is null)
                return -1;
            patterns.Add(pattern);
            return patterns.Count - 1;
        }
    }

    /// <summary>Adds the rules that look at this file.</summary>
    public void Select(WorkspaceFile file, bool hasNul, bool hasInvalidUtf8, List<ScanRule> rules)
    {
        var (before, binary) = (rules.Count, false);
        foreach (var rule in _rules)
        {
            if (!rule.Selects(file.Path))
                continue;
            if (hasNul && !rule.Names(file.Path))
            {
                binary = true;
                continue;
            }
            rule.CountLook();
            rules.Add(rule);
        }
        if (rules.Count > before)
            Interlocked.Increment(ref _read);
        if (binary)
            LeaveOut(file.Path, LeftOutReasons.Binary);
        if (rules.Count > before && hasInvalidUtf8)
            LeaveOut(file.Path, LeftOutReasons.InvalidUtf8);
    }

    public void Add(RuleInfo rule, string? path, TextSpan span, string anchor)
    {
        var finding = new Finding
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
        lock (_lock)
            _findings.Add(finding);
    }

    public void RefuseOverBudget(string rule, string path)
    {
        lock (_lock)
            _overBudget.Add((path, rule));
    }

    public CheckOutcome End()
    {
        foreach (var rule in _rules.Where(r => r.Rule.Demand == TextDemand.RequireAny && !r.HasFound && !IsOverBudget(r)))
            Add(rule.Rule.Info, null, TextSpan.Start, "");
        var refusal = string.Join("; ", Refusals());
        var leftOut = _leftOut.OrderBy(static l => l.Path, StringComparer.Ordinal).ThenBy(static l => l.Reason, StringComparer.Ordinal);
        return new CheckOutcome([.. _findings], new Evidence(_paths, _read, [.. leftOut]), refusal.Length == 0 ? null : refusal);
    }

    private IEnumerable<string> Refusals()
    {
        if (_rules.IsEmpty)
            yield return "every rule is off; turn the check itself off, with the reason";
        foreach (var rule in _rules)
        {
            if (rule.Refusal(_paths.Length) is { } refusal)
                yield return refusal;
        }
        foreach (var (path, id) in _overBudget.Distinct().Order())
            yield return $"{id}: took more work than its budget in {path}; make its pattern more precise, or exclude the file";
    }

    private bool IsOverBudget(ScanRule rule) => _overBudget.Exists(o => o.Rule == rule.Rule.Info.Id);

    private void LeaveOut(string path, string reason)
    {
        lock (_lock)
            _leftOut.Add(new LeftOut(path, reason));
    }
}
