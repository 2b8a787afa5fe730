using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GitIntent.Arv.Model;
using GitIntent.Arv.Patterns.Dialect;
using GitIntent.Arv.Patterns.Matching;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Text;

/// <summary>A pass of the rules of several checks over files: each file's rules are asked of the matcher together.</summary>
internal sealed class TextScan : IScan
{
    private readonly ImmutableArray<PartScan> _parts;
    private readonly IPatternMatcher _matcher;

    public TextScan(ImmutableArray<ScanPart> parts)
    {
        var patterns = new List<Pattern>();
        // Parts that select the same share one list of paths.
        var paths = new Dictionary<Selection, ImmutableArray<string>>(ReferenceEqualityComparer.Instance);
        _parts = [.. parts.Select(part => new PartScan(part, patterns, PathsOf(part.Context.Inputs)))];
        _matcher = PatternMatchers.For(patterns);

        ImmutableArray<string> PathsOf(Selection inputs)
        {
            if (!paths.TryGetValue(inputs, out var found))
                paths.Add(inputs, found = [.. inputs.Files.Select(static f => f.Path)]);
            return found;
        }
    }

    public void Visit(WorkspaceFile file, SourceText text, ReadOnlySpan<int> parts, CancellationToken stop)
    {
        var rules = new List<ScanRule>();
        var (hasNul, hasInvalidUtf8) = (text.HasNul, text.HasInvalidUtf8);
        foreach (var part in parts)
            _parts[part].Select(file, hasNul, hasInvalidUtf8, rules);
        KeepWhere(file, text, rules, stop);
        if (rules.Count == 0)
            return;
        var results = Find(file, text, rules, static r => new PatternQuery(r.Looks, r.FirstOnly), stop);
        Report(file, text, rules, results);
    }

    public CheckOutcome End(int part) => _parts[part].End();

    private void KeepWhere(WorkspaceFile file, SourceText text, List<ScanRule> rules, CancellationToken stop)
    {
        var filtered = rules.FindAll(static r => r.Where >= 0);
        if (filtered.Count == 0)
            return;
        var results = Find(file, text, filtered, static r => new PatternQuery(r.Where, FirstOnly: true), stop);
        var kept = results.Matches.Select(m => filtered[m.Query]).ToHashSet();
        rules.RemoveAll(r => r.Where >= 0 && !kept.Contains(r));
    }

    private MatchResults Find(WorkspaceFile file, SourceText text, List<ScanRule> rules, Func<ScanRule, PatternQuery> query, CancellationToken stop)
    {
        var results = new MatchResults();
        var queries = rules.ConvertAll(r => query(r));
        _matcher.Find(text, CollectionsMarshal.AsSpan(queries), results, stop);
        foreach (var index in results.OverBudget)
            rules[index].Part.RefuseOverBudget(rules[index].Rule.Info.Id, file.Path);
        return results;
    }

    private static void Report(WorkspaceFile file, SourceText text, List<ScanRule> rules, MatchResults results)
    {
        var decided = new HashSet<int>(results.OverBudget);
        var anchors = new LineAnchors(text);
        foreach (var match in results.Matches)
        {
            var rule = rules[match.Query];
            decided.Add(match.Query);
            if (rule.FirstOnly)
            {
                rule.MarkFound();
                continue;
            }
            var span = text.Span(match.Start, match.End);
            rule.Part.Add(rule.Rule.Info, file.Path, span, anchors.At(span.Line, match.Start));
        }
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].Rule.Demand == TextDemand.RequireEach && !decided.Contains(i))
                rules[i].Part.Add(rules[i].Rule.Info, file.Path, TextSpan.Start, "");
        }
    }
}
