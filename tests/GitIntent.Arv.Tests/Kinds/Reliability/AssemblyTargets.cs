using System.Text.Json;
using GitIntent.Arv.Cli;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Kinds.Reliability;

/// <summary>Assemblies as users have them, judged by the command and its companion.</summary>
public sealed class AssemblyTargets(AssemblyTargets.HostileReport hostile) : IClassFixture<AssemblyTargets.HostileReport>, IDisposable
{
    private const string Only = "lock-acquisition,error-types";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("exits", "ended the process, with exit code 7")]
    [InlineData("overflows", "ended the process, by SIGABRT: Stack overflow.")]
    [InlineData("fails-fast", "ended the process, by SIGABRT: Process terminated. no way on")]
    [InlineData("throws-elsewhere", "ended the process, by SIGABRT: Unhandled exception. System.InvalidOperationException: on a thread of its own")]
    [InlineData("blocks", "did not come to an end within 3s")]
    public void A_subject_that_ends_or_holds_its_process_fails_that_check_by_name_and_its_others_still_run(string subject, string how)
    {
        hostile.Verdict($"{subject}/lock-acquisition").ShouldBe("failed");
        hostile.Messages($"{subject}/lock-acquisition").ShouldHaveSingleItem().ShouldBe($"{hostile.Target} ({subject}) {how}");
        hostile.Verdict($"{subject}/error-types").ShouldBe("passed");
    }

    [Fact]
    public void One_that_spins_where_the_kit_limits_nothing_is_cut_off()
    {
        hostile.Messages("spins/lock-acquisition").ShouldHaveSingleItem().ShouldEndWith("(spins) did not come to an end within 3s");
        hostile.Messages("spins/error-types").ShouldHaveSingleItem().ShouldEndWith("(spins) did not come to an end within 3s");
    }

    [Theory]
    [InlineData("ExitsWhenMade", "failed", "cannot be made: its constructor ended the process, with exit code 8")]
    [InlineData("HangsWhenMade", "failed", "cannot be made: its constructor did not come to an end within 3s")]
    [InlineData("ThrowsWhenMade", "failed", "cannot be made: its constructor throws InvalidOperationException: there is no server")]
    [InlineData("NeedsArguments", "refused", "it has no public constructor without parameters")]
    [InlineData("Nameless", "refused", "its Name is empty")]
    public void One_that_cannot_be_made_is_a_check_of_its_own(string type, string verdict, string what)
    {
        var id = $"GitIntent.Subjects.Hostile.{type}/construction";
        hostile.Verdict(id).ShouldBe(verdict);
        (verdict == "failed" ? hostile.Messages(id).ShouldHaveSingleItem() : hostile.Reason(id)!).ShouldContain(what);
    }

    [Fact]
    public void Calls_that_return_null_break_the_promises_that_they_are_about()
    {
        hostile.Messages("returns-null/lock-acquisition").ShouldContain(m => m.Contains("(returns-null) breaks the promise ", StringComparison.Ordinal));
        hostile.Verdict("returns-null/error-types").ShouldBe("passed");
    }

    [Fact]
    public void What_a_subject_prints_is_no_answer()
    {
        hostile.Verdict("prints/lock-acquisition").ShouldBe("passed");
        hostile.Verdict("prints/error-types").ShouldBe("passed");
        hostile.Text.ShouldNotContain("\"printed\"");
    }

    [Fact]
    public void The_others_do_not_touch_the_one_that_is_well()
    {
        hostile.Verdict("well/lock-acquisition").ShouldBe("passed");
        hostile.Verdict("well/error-types").ShouldBe("passed");
    }

    [Fact]
    public void Threads_that_outlive_the_checks_are_noted()
    {
        hostile.Verdict("keeps-thread/lock-acquisition").ShouldBe("passed");
        hostile.Messages("keeps-thread/error-types").ShouldHaveSingleItem().ShouldBe($"{hostile.Target} leaves threads that still ran when all checks had ended, and were ended with the process");
    }

    [Fact]
    public async Task Dependencies_in_other_versions_than_the_commands_are_the_assemblys_own()
    {
        var run = await Tool.RunAsync(_folder.Path, WithEnvironment, "reliability", "--target", $"assembly:{Subjects.Conflicting}");
        run.ExitCode.ShouldBe(0, run.Out + run.Error);
        // It offers all that there is, and outlives nothing.
        run.Out.ShouldContain("skipped assembly/crash-safety: the subject is not durable");
        run.Out.ShouldNotContain("the subject offers no");
    }

    [Fact]
    public async Task A_check_that_was_asked_for_and_is_not_offered_is_refused()
    {
        var run = await Tool.RunAsync(_folder.Path, WithEnvironment, "reliability", "--target", $"assembly:{Subjects.Conflicting}", "--checks", "crash-safety");
        run.ExitCode.ShouldBe(3);
        run.Out.ShouldContain("the subject is not durable");
    }

    internal static CliContext WithEnvironment(CliContext context) => context with
    {
        Environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(static e => (string)e.Key, static e => (string?)e.Value ?? "", StringComparer.Ordinal),
    };

    /// <summary>One run over all of them: each is a thorn in the others' side.</summary>
    public sealed class HostileReport : IAsyncLifetime, IDisposable
    {
        private readonly TempFolder _folder = new();
        private JsonDocument _report = null!;

        public string Target { get; } = $"assembly:{Subjects.Hostile}";

        public string Text { get; private set; } = "";

        public async Task InitializeAsync()
        {
            var run = await Tool.RunAsync(_folder.Path, WithEnvironment, "reliability", "--target", Target, "--checks", Only, "--check-timeout", "3s", "--json", "-");
            run.ExitCode.ShouldBe(1, run.Error);
            Text = run.Out;
            _report = JsonDocument.Parse(run.Out);
        }

        public Task DisposeAsync() => Task.CompletedTask;

        public void Dispose()
        {
            _report?.Dispose();
            _folder.Dispose();
        }

        public string Verdict(string id) => Check(id).GetProperty("verdict").GetString()!;

        public string? Reason(string id) => Check(id).GetProperty("reason").GetString();

        public IEnumerable<string> Messages(string id) => Gate.GetProperty("findings").EnumerateArray()
            .Where(f => f.GetProperty("check").GetString() == "assembly/" + id).Select(static f => f.GetProperty("message").GetString()!);

        private JsonElement Gate => _report.RootElement.GetProperty("gates")[0];

        private JsonElement Check(string id) => Gate.GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("id").GetString() == "assembly/" + id);
    }
}
