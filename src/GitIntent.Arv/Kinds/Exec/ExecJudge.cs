using System.Globalization;
using GitIntent.Arv.Kinds.Exec.Golden;
using GitIntent.Arv.Kinds.Exec.Results;
using GitIntent.Arv.Model;
using GitIntent.Arv.Processes;

namespace GitIntent.Arv.Kinds.Exec;

/// <param name="Refusal">Why the attempt cannot be judged, or null.</param>
/// <param name="Tests">What its result files say, where they could be read.</param>
internal sealed record Judgement(ExecFindings Findings, string? Refusal, TestResults? Tests)
{
    public bool Passed => Refusal is null && Findings.All.All(static finding => finding.Severity is not (Severity.Error or Severity.Warning));
}

/// <summary>Judges one attempt by what its check expects.</summary>
internal sealed class ExecJudge(ExecBlock block, CheckContext context, PlannedCommand command, GoldenFile? golden, CommandText text)
{
    private readonly ExecFindings _findings = new(context.Settings, text);
    private readonly string _root = context.Run!.Root;

    public Judgement Judge(Attempt attempt, CancellationToken stop)
    {
        var tests = (TestResults?)null;
        var refusal = NotEnded(attempt);
        foreach (var left in attempt.Result.Leftovers.OrderBy(static left => left.Command, StringComparer.Ordinal))
            _findings.Add(ExecCodes.LeftRunning, $"still running after the command had ended{(left.Ended ? ", and was ended" : ", and could not be ended")}: {left.Command}", left.Command);
        if (refusal is null)
        {
            (tests, refusal) = JudgeTests(attempt);
            if (!block.Exit.Contains(attempt.Result.Code) && tests is null or { Failed: 0 })
                JudgeExit(attempt);
            refusal ??= JudgeJson(attempt, stop);
            refusal ??= JudgeGolden(attempt);
            JudgeChanges(attempt);
        }
        return new Judgement(_findings, refusal is null ? null : text.Clean(refusal), tests);
    }

    private string? NotEnded(Attempt attempt) => attempt.Result.End switch
    {
        CommandEnd.Exited => null,
        CommandEnd.NotStarted when attempt.Missing is not null => $"the command cannot be run: {attempt.Missing}",
        CommandEnd.NotStarted => $"the system does not start {command.Display()}: {attempt.Result.Fault}",
        CommandEnd.Signalled => $"ended by {SignalNames.Of(attempt.Result.Code)}: {command.Display()}",
        CommandEnd.TimedOut => $"not done within {Duration(command.Timeout)}, and ended with all that it had started: {command.Display()}",
        CommandEnd.Flooded => $"printed more than 1 GB, and was ended: {command.Display()}",
        CommandEnd.TooManyProcesses => $"started more than 2000 processes at a time, and was ended with all of them: {command.Display()}",
        CommandEnd.OutputLost => $"its output could not be kept: {attempt.Result.Fault}",
        _ => $"nobody can say how it ended: {command.Display()}",
    };

    private void JudgeExit(Attempt attempt)
    {
        var expected = string.Join(" or ", block.Exit.Select(static code => code.ToString(CultureInfo.InvariantCulture)));
        _findings.Add(ExecCodes.ExitCode, string.Create(CultureInfo.InvariantCulture,
            $"exit code {attempt.Result.Code}, expected {expected}: {command.Display()}"), command.Display());
    }

    private (TestResults?, string?) JudgeTests(Attempt attempt)
    {
        if (block.Results is not { } expected)
            return (null, null);
        var (tests, refusal) = ResultFiles.Read(expected.File, context.Bindings, _root, attempt.Folder);
        if (tests is null)
            return (null, refusal);
        var places = new SourcePlaces([_root, context.Workspace.Root ?? _root], command.Folder);
        foreach (var test in tests.Failures)
        {
            var place = places.Find(test);
            _findings.Add(ExecCodes.FailedTest, $"{test.Name} failed{(test.Message.Length == 0 ? "" : ": " + test.Message.Trim())}", test.Name, place?.Path, place?.Line ?? 1);
        }
        if (tests.Total == 0)
            return (tests, $"no test ran: {expected.File.Raw} lists none");
        if (tests.Skipped == tests.Total)
            return (tests, string.Create(CultureInfo.InvariantCulture, $"no test ran: all {tests.Total} were skipped ({expected.File.Raw})"));
        var ran = tests.Total - tests.Skipped;
        if (ran < expected.MinTests)
            _findings.Add(ExecCodes.TooFewTests, string.Create(CultureInfo.InvariantCulture, $"{ran} tests ran, expected at least {expected.MinTests} (skipped: {tests.Skipped})"), "");
        if (tests.Skipped > expected.MaxSkipped)
            _findings.Add(ExecCodes.TooManySkipped, string.Create(CultureInfo.InvariantCulture, $"{tests.Skipped} tests were skipped, expected at most {expected.MaxSkipped}"), "");
        return (tests, null);
    }

    private string? JudgeJson(Attempt attempt, CancellationToken stop)
    {
        if (block.Json is null)
            return null;
        var (found, refusal) = block.Json.Judge(context.Bindings, _root, attempt.Folder, stop);
        foreach (var (file, path, violation) in found)
            _findings.Add(ExecCodes.Json, $"{file}{violation.Pointer}: {violation.Message}", violation.Pointer, path, path is null ? 1 : violation.Start.Line);
        return refusal;
    }

    private string? JudgeGolden(Attempt attempt)
    {
        if (golden is null)
            return null;
        if (golden.Fault is not null)
        {
            _findings.Add(ExecCodes.MissingGolden, $"the golden {golden.Path} {golden.Fault}", golden.Path, golden.Path);
            return null;
        }
        if (!File.Exists(attempt.Folder.StdoutFile))
            return "the command deleted the file of the run that has its output";
        var difference = golden.Compare(attempt.Folder.StdoutFile);
        if (difference is not null)
            _findings.Add(ExecCodes.Golden, $"standard output is not {golden.Path}:\n{difference.Text}", golden.Path, golden.Path, difference.Line);
        return null;
    }

    private void JudgeChanges(Attempt attempt)
    {
        foreach (var change in attempt.Changes)
            _findings.Add(ExecCodes.Changed, $"{change.What} by the command: {change.Path}", change.What, change.Path);
    }

    private static string Duration(TimeSpan time) =>
        time.TotalSeconds < 120 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s") : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.##} min");
}
