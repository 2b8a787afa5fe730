using System.Text.Json;
using GitIntent.Arv.Model;
using GitIntent.Arv.Patterns.Dialect;
using GitIntent.Arv.Patterns.Matching;
using GitIntent.Arv.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace GitIntent.Arv.Tests.Scenarios;

/// <summary>Runs that somebody or something ends early: what is known is in the report, and the rest is refused.</summary>
public sealed class BadInputStops
{
    [Fact]
    public async Task A_run_that_is_out_of_time_before_its_files_are_listed_is_refused()
    {
        using var repository = Repository();
        // The timer fires when it is made: nothing is listed yet.
        var result = await Tool.RunAsync(repository.Path, static c => c with { Time = new Hasty() }, "run-all", "--timeout", "1ms", "--json", "-");

        result.ExitCode.ShouldBe(3, result.Error);
        using var report = JsonDocument.Parse(result.Out);
        report.RootElement.GetProperty("reason").GetString().ShouldBe("the run did not end within 1ms");
        report.RootElement.GetProperty("summary").GetProperty("refused").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData(ExitCodes.Interrupted)]
    [InlineData(ExitCodes.Terminated)]
    public async Task A_signal_while_the_files_are_listed_ends_the_run_with_its_report(int code)
    {
        using var repository = Repository();
        var result = await Tool.RunAsync(repository.Path, c => c with { OnSignal = Now }, "run-all", "--json", "-");

        result.ExitCode.ShouldBe(code, result.Error);
        using var report = JsonDocument.Parse(result.Out);
        report.RootElement.GetProperty("reason").GetString().ShouldBe("interrupted");
        report.RootElement.GetProperty("verdict").GetString().ShouldBe("refused");

        IDisposable Now(Action<int> stop)
        {
            stop(code);
            return new MemoryStream();
        }
    }

    [Fact]
    public void A_pattern_stops_within_its_budget()
    {
        var pattern = PatternParser.Parse("a[^z]*z");
        var machine = new ThreadMachine(PatternProgram.Of(pattern), new FirstBytes(pattern)) { Work = long.MaxValue, Stop = new CancellationToken(canceled: true) };

        Should.Throw<OperationCanceledException>(() => machine.Find("aaaa"u8, 0, 4, open: false));
    }

    private sealed class Hasty : FakeTimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == TimeSpan.FromMilliseconds(1))
                callback(state);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }

    private static TempFolder Repository()
    {
        var folder = new TempFolder();
        folder.Write("a.txt", "good\n");
        folder.Write("arv.yml", """
            version: 1
            gates:
              words:
                checks:
                  bad: { include: ["*.txt"], text: { ABC001: { forbid: bad, message: A bad word } } }
            """);
        return folder;
    }
}
