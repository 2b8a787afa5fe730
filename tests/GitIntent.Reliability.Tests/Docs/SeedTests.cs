using System.Reflection;
using System.Text.RegularExpressions;

namespace GitIntent.Reliability.Tests.Docs;

/// <summary>The table of docs/reliability.md says which test of ours stands for each of the 53 of <c>@gwi/core</c>: each of them has to exist, and to be a test.</summary>
public partial class SeedTests
{
    private static readonly Dictionary<string, int> s_there = new(StringComparer.Ordinal)
    {
        ["Run Locking"] = 9,
        ["Idempotency"] = 8,
        ["Error Taxonomy"] = 12,
        ["Observability"] = 10,
        ["Resume/Replay"] = 14,
    };

    [Fact]
    public void Each_of_the_53_has_a_test_here_that_exists()
    {
        var rows = Rows().ToList();
        rows.Count.ShouldBe(53);
        rows.Select(r => (r.Area, r.There)).Distinct().Count().ShouldBe(53);
        rows.GroupBy(r => r.Area).ToDictionary(g => g.Key, g => g.Count()).ShouldBe(s_there, ignoreOrder: true);
        var tests = typeof(SeedTests).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods().Where(m => m.GetCustomAttribute<FactAttribute>() is not null).Select(m => $"{t.Name.Split('`')[0]}.{m.Name}"))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (area, there, here) in rows)
        {
            here.ShouldNotBeEmpty($"{area}: {there}");
            foreach (var test in here)
                tests.ShouldContain(test, $"{area}: {there}");
        }
    }

    private static IEnumerable<(string Area, string There, string[] Here)> Rows()
    {
        var page = File.ReadAllText(Samples.RepositoryFile("docs/reliability.md")).ReplaceLineEndings("\n");
        var section = page[page.IndexOf("## Its 53 unit tests", StringComparison.Ordinal)..];
        return from line in section.Split('\n')
               let cells = line.Split('|', StringSplitOptions.TrimEntries)
               where cells.Length == 6 && s_there.ContainsKey(cells[1])
               select (cells[1], cells[2], Test().Matches(cells[3]).Select(m => m.Groups[1].Value).ToArray());
    }

    [GeneratedRegex("`([A-Za-z]+\\.[A-Za-z0-9_]+)`", RegexOptions.NonBacktracking)]
    private static partial Regex Test();
}
