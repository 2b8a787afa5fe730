using System.Text;
using GitIntent.Arv.Kinds.Exec.Golden;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Kinds.Exec;

[Collection(Commands.Name)]
public sealed class Goldens : IDisposable
{
    private readonly ExecRun _run = new();

    [LinuxFact]
    public async Task Output_that_equals_its_golden_passes()
    {
        _run.Repository.Write("golden.txt", "a\nb\n");

        (await _run.Script(@"printf 'a\nb\n'; echo noise >&2", "stdout: golden.txt")).Findings.ShouldBeEmpty();
    }

    [LinuxFact]
    public async Task Output_that_differs_is_a_finding_with_a_diff_at_the_golden()
    {
        _run.Repository.Write("golden.txt", "one\ntwo\nthree\nfour\nfive\nsix\n");

        var finding = (await _run.Script(@"printf 'one\ntwo\nthree\n4\nfive\nsix\nseven\n'", "stdout: golden.txt")).Findings.ShouldHaveSingleItem();

        (finding.Rule, finding.Path, finding.Span.Line).ShouldBe(("ARV3003", "golden.txt", 4));
        finding.Message.ShouldBe("standard output is not golden.txt:\n--- expected\n+++ actual\n@@ line 2 @@\n two\n three\n-four\n+4\n five\n six\n+seven");
    }

    [LinuxFact]
    public async Task A_missing_golden_is_a_finding_and_is_not_written()
    {
        var outcome = await _run.Script("echo new", "stdout: golden.txt");

        (outcome.Findings.Single().Rule, outcome.Findings.Single().Message).ShouldBe(("ARV3004", "the golden golden.txt is missing"));
        File.Exists(_run.Repository.At("golden.txt")).ShouldBeFalse();
    }

    [LinuxFact]
    public async Task A_golden_that_the_command_writes_itself_does_not_help_it()
    {
        (await _run.Script("echo new | tee golden.txt", "stdout: golden.txt")).Findings.Single().Rule.ShouldBe("ARV3004");

        _run.Repository.Write("golden.txt", "old\n");
        (await _run.Script("echo newer | tee golden.txt", "stdout: golden.txt")).Findings.Single().Rule.ShouldBe("ARV3003");
    }

    [LinuxFact]
    public async Task Output_that_the_command_deleted_is_refused()
    {
        _run.Repository.Write("golden.txt", "");

        (await _run.Script("rm -r \"$(dirname \"$1\")\"", "stdout: golden.txt")).Refusal.ShouldBe("the command deleted the file of the run that has its output");
    }

    [Theory]
    [InlineData("a\nb\n", "a\r\nb\n", "line 1: CRLF, expected LF")]
    [InlineData("a\r\nb\r\n", "a\nb\r\n", "line 1: LF, expected CRLF\n--- expected\n+++ actual\n@@ line 1 @@\n-a\\r\n+a\n b\\r")]
    [InlineData("a\nb\n", "a\nb", "line 2: no line end, expected LF")]
    [InlineData("a\n", "a \t\n", "line 1: white space at its end: \" \\t\", expected none")]
    [InlineData("a  \n", "a\n", "line 1: white space at its end: none, expected \"  \"")]
    [InlineData("\ufeffa\n", "a\n", "no byte-order mark, expected one")]
    [InlineData("a\n", "\u001b[31ma\n", "--- expected\n+++ actual\n@@ line 1 @@\n-a\n+\\u001b[31ma")]
    [InlineData("a\n", "", "--- expected\n+++ actual\n@@ line 1 @@\n-a")]
    [InlineData("", "a\n", "--- expected\n+++ actual\n@@ line 1 @@\n+a")]
    public void What_cannot_be_seen_is_said(string expected, string actual, string words) =>
        GoldenComparison.Compare(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(actual)).ShouldNotBeNull().Text.ShouldStartWith(words);

    [Fact]
    public void What_is_not_UTF_8_is_compared_as_bytes() =>
        GoldenComparison.Compare([65, 10, 255], [65, 10, 254])!.ShouldBe(
            new GoldenDifference(2, "not UTF-8, so compared as bytes: the first difference is at byte 2 (expected 0xff, found 0xfe); 3 bytes expected, 3 found"));

    [Fact]
    public void A_large_difference_is_shown_in_part_and_says_so()
    {
        var expected = string.Concat(Enumerable.Range(0, 50_000).Select(static i => $"a{i}\n"));
        var actual = string.Concat(Enumerable.Range(0, 50_000).Select(static i => $"b{i}\n"));

        var text = GoldenComparison.Compare(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(actual))!.Text;

        text.ShouldEndWith("… 99923 more lines of this difference are not shown");
        text.Length.ShouldBeLessThan(10_000);
    }

    [LinuxFact]
    public async Task Accepting_writes_a_new_golden_and_shows_what_changed()
    {
        (await Accept("echo one")).ShouldBe(new Accepted("goldens/a.txt", AcceptedState.Created, "--- expected\n+++ actual\n@@ line 1 @@\n+one"));
        File.ReadAllText(_run.Repository.At("goldens/a.txt")).ShouldBe("one\n");

        (await Accept("echo two")).ShouldBe(new Accepted("goldens/a.txt", AcceptedState.Changed, "--- expected\n+++ actual\n@@ line 1 @@\n-one\n+two"));
        (await Accept("echo 'two' ")).State.ShouldBe(AcceptedState.Same);
        Directory.GetFiles(_run.Repository.At("goldens")).Length.ShouldBe(1, "nothing is left beside it");
    }

    [LinuxTheory]
    [InlineData("echo two; exit 1", "exit code 1, expected 0")]
    [InlineData("echo two; kill -9 $$", "ended by SIGKILL")]
    [InlineData("echo \"my-own-secret\"", "the output holds a secret of this run")]
    public async Task What_nobody_should_expect_is_not_accepted(string script, string reason)
    {
        _run.Caller["GITHUB_TOKEN"] = "my-own-secret";
        _run.Repository.Write("goldens/a.txt", "one\n");

        var accepted = await Accept(script);

        accepted.State.ShouldBe(AcceptedState.Refused);
        accepted.Text.ShouldStartWith(reason);
        File.ReadAllText(_run.Repository.At("goldens/a.txt")).ShouldBe("one\n");
    }

    [LinuxFact]
    public async Task What_is_kept_of_a_command_s_output_has_no_secret_after_it_was_accepted()
    {
        using var folder = new TempFolder().Write("arv.yml", """
            version: 1
            gates: { goldens: { checks: { a: { include: [arv.yml], exec: { run: [sh, -c, "echo one; echo $SOME_API_KEY >&2"], stdout: a.txt } } } } }
            """);
        var environment = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")!, ["SOME_API_KEY"] = "my-own-secret" };

        (await Tool.RunAsync(folder.Path, c => c with { Environment = environment }, "goldens", "accept")).ShouldSay(0, "created  a.txt");

        Directory.EnumerateFiles(folder.At(".arv/runs"), "*.txt", SearchOption.AllDirectories).Select(File.ReadAllText).ShouldBe(["***\n", "one\n"], ignoreOrder: true);
    }

    [LinuxFact]
    public async Task A_golden_behind_a_link_out_of_the_repository_is_not_written()
    {
        using var elsewhere = new TempFolder();
        File.CreateSymbolicLink(_run.Repository.At("goldens"), elsewhere.Path);

        (await Accept("echo one")).State.ShouldBe(AcceptedState.Refused);
        Directory.GetFileSystemEntries(elsewhere.Path).ShouldBeEmpty();
    }

    public void Dispose() => _run.Dispose();

    private Task<Accepted> Accept(string script)
    {
        // Commands that differ: the same one would not run twice.
        var check = ExecRun.Read($"{{ run: [sh, -c, '{script.Replace("'", "''", StringComparison.Ordinal)}'], stdout: goldens/a.txt }}");
        GoldenAccept.Applies(check).ShouldBeTrue();
        return GoldenAccept.RunAsync(check, _run.Context(), default);
    }
}
