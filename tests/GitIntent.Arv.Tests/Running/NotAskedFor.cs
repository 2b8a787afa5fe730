using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Running;

public sealed class NotAskedFor
{
    [Fact]
    public async Task What_is_not_to_run_says_why_and_not_what_it_would_have_needed()
    {
        using var tree = new TempFolder().Write("a").Write("arv.yml", """
            version: 1
            gates:
              asked: { checks: { there: { files: { require: [a] } } } }
              other:
                checks:
                  there: { files: { require: [a] } }
                  next: { needs: [there], files: { require: [b] } }
                  last: { needs: [next], severity: "off", reason: it was moved, files: { require: [b] } }
            """);

        (await JsonReport.OfAsync(tree, "run", "asked")).Checks.ShouldBe(
            ["there: passed", "there: skipped: not asked for", "next: skipped: not asked for", "last: skipped: not asked for"]);
        (await JsonReport.OfAsync(tree, "run-all")).Checks.ShouldBe(
            ["there: passed", "there: passed", "next: failed", "last: skipped: off: it was moved"]);
    }
}
