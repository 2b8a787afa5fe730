using System.Text;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Patterns.Matching;
using GitIntent.Arv.Tree.Reading;

namespace GitIntent.Arv.Kinds.Text;

/// <summary>
/// Tries a rule on its own examples, each as the whole content of the only file: an <c>invalid</c> one must give a finding, a <c>valid</c> one none.
/// So an example of <c>require</c> is invalid because it lacks something, and one that <c>where</c> does not select can only be valid.
/// </summary>
internal static class TextExamples
{
    private enum Outcome
    {
        Clean,
        Finding,
        NotSelected,
        OverBudget,
    }

    public static void Try(TextRule rule, DocMap map, ConfigErrors errors)
    {
        if (rule.Looks is null || (rule.Info.Invalid.IsEmpty && rule.Info.Valid.IsEmpty))
            return;
        PreparedPattern[] patterns = rule.Where is null ? [rule.Looks] : [rule.Looks, rule.Where];
        var matcher = PatternMatchers.For(patterns);
        Try("invalid");
        Try("valid");

        void Try(string key)
        {
            foreach (var example in map[key] is DocList list ? list.Items : [])
            {
                if (Mistake(key == "invalid", Judge(rule, matcher, ((DocScalar)example).Text)) is { } mistake)
                    errors.Add(example, $"rule \"{rule.Info.Id}\": {key}: {mistake}");
            }
        }
    }

    private static string? Mistake(bool invalid, Outcome outcome) => (invalid, outcome) switch
    {
        (_, Outcome.OverBudget) => "the pattern takes too long on this example",
        (true, Outcome.Clean) => "the rule finds nothing in this example; expected a finding",
        (true, Outcome.NotSelected) => "this example does not match where, so the rule does not judge it; expected a finding",
        (false, Outcome.Finding) => "the rule finds something in this example; expected nothing",
        _ => null,
    };

    private static Outcome Judge(TextRule rule, IPatternMatcher matcher, string example)
    {
        var search = matcher.NewSearch();
        var windows = new TextWindows(TextWindows.Most); // an example is one window
        if (rule.Where is not null && Has(1) is var selected and not Outcome.Finding)
            return selected == Outcome.Clean ? Outcome.NotSelected : selected;
        return (rule.Demand, Has(0)) switch
        {
            (TextDemand.RequireEach or TextDemand.RequireAny, Outcome.Finding) => Outcome.Clean,
            (TextDemand.RequireEach or TextDemand.RequireAny, Outcome.Clean) => Outcome.Finding,
            (_, var outcome) => outcome,
        };

        Outcome Has(int pattern)
        {
            var results = new MatchResults();
            windows.Begin(new MemoryBytes(Encoding.UTF8.GetBytes(example)));
            search.Begin([new PatternQuery(pattern, FirstOnly: true)]);
            search.Search(new PatternWindow(windows.Text, 0, 0, windows.IsLast, isFull: true), results, CancellationToken.None);
            return results.OverBudget.Count > 0 ? Outcome.OverBudget : results.Matches.Count > 0 ? Outcome.Finding : Outcome.Clean;
        }
    }
}
