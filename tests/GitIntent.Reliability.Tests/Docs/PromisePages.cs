using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GitIntent.Reliability.Conformance;
using GitIntent.Reliability.Tests.Faulty;

namespace GitIntent.Reliability.Tests.Docs;

/// <summary>Two pages are made of the suite and of the catalogues of faults; <c>ARV_ACCEPT=1</c> writes them anew.</summary>
public partial class PromisePages
{
    [Fact]
    public void Each_promise_is_explained_where_a_finding_points() => Compare("docs/promises.md", Promises(), static text => text);

    /// <summary>The seconds are those of the run that wrote the page: everything else must be as it stands there.</summary>
    [Fact]
    public async Task Each_fault_stands_beside_the_check_that_finds_it() => Compare("docs/faults.md", await FaultsAsync(), static text => Seconds().Replace(text, " n |"));

    private static string Promises()
    {
        var page = new StringBuilder("""
            # Promises

            What the [conformance kit](conformance.md) holds an implementation to, check by check. A finding links to its promise here. Below each promise: the faults of
            our own catalogue that break it and are found by it ([how fast](faults.md)).

            """);
        foreach (var check in ConformanceSuite.Checks)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {check.Title}\n\nThe check `{check.Id}`, {check.Promises.Count} promises.\n");
            foreach (var promise in check.Promises)
            {
                page.Append(CultureInfo.InvariantCulture, $"\n### {promise.Name}\n\n{promise.Sentence}\n");
                var faults = AllFaults.All.Where(f => f.Check == check.Id && f.Promise == promise.Name).ToList();
                if (faults.Count > 0)
                    page.Append('\n');
                foreach (var fault in faults)
                    page.Append(CultureInfo.InvariantCulture, $"- {Escape(fault.What)}\n");
            }
        }

        return page.ToString();
    }

    private static async Task<string> FaultsAsync()
    {
        var page = new StringBuilder().Append(CultureInfo.InvariantCulture, $"""
            # Faults

            {AllFaults.All.Count} implementations with one fault each, the check that has to find it, and the seconds of check time it took on the machine that wrote this page.
            Made by `ARV_ACCEPT=1 dotnet test tests/GitIntent.Reliability.Tests --filter FullyQualifiedName~PromisePages`.

            | fault | check | promise | seconds |
            |---|---|---|---|

            """);
        foreach (var fault in AllFaults.All)
        {
            var seconds = Accepts ? await SecondsAsync(fault) : "0";
            page.Append(CultureInfo.InvariantCulture, $"| {Escape(fault.What)} | {fault.Check} | [{fault.Promise}](promises.md#{fault.Promise}) | {seconds} |\n");
        }

        return page.ToString();
    }

    private static async Task<string> SecondsAsync(FaultCase fault)
    {
        var clock = Stopwatch.StartNew();
        var result = await fault.RunAsync();
        result.Outcome.ShouldBe(ConformanceOutcome.Failed, fault.What);
        return clock.Elapsed.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
    }

    private static bool Accepts => Environment.GetEnvironmentVariable("ARV_ACCEPT") == "1";

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "\\<", StringComparison.Ordinal);

    private static void Compare(string path, string page, Func<string, string> stable)
    {
        var file = Samples.RepositoryFile(path);
        page = page.ReplaceLineEndings("\n");
        if (Accepts)
            File.WriteAllText(file, page);
        stable(File.ReadAllText(file).ReplaceLineEndings("\n")).ShouldBe(stable(page), $"{path} is not what the suite says: write it anew with ARV_ACCEPT=1");
    }

    [GeneratedRegex(@" [0-9.]+ \|$", RegexOptions.Multiline)]
    private static partial Regex Seconds();
}
