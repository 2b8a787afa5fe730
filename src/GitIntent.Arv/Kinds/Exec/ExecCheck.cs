using System.Collections.Immutable;
using System.Globalization;
using GitIntent.Arv.Kinds.Exec.Golden;
using GitIntent.Arv.Model;
using GitIntent.Arv.Processes;

namespace GitIntent.Arv.Kinds.Exec;

/// <param name="hasInputs">Whether the check declares inputs; without, what the command looks at is not known, and none are reported.</param>
internal sealed class ExecCheck(ExecBlock block, bool hasInputs) : ICheck
{
    /// <summary>For a check without <c>timeout</c>: a hang must not block for ever.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);

    public bool NeedsInputs => true;

    public ExecBlock Block => block;

    public ImmutableArray<RuleInfo> Rules { get; } =
    [
        .. new[]
        {
            ExecCodes.ExitCode,
            block.Results is null ? null : ExecCodes.FailedTest,
            block.Stdout is null ? null : ExecCodes.Golden,
            block.Stdout is null ? null : ExecCodes.MissingGolden,
            block.Results is null ? null : ExecCodes.TooFewTests,
            block.Results?.MaxSkipped is null ? null : ExecCodes.TooManySkipped,
            block.Json is null ? null : ExecCodes.Json,
            block.Unchanged ? ExecCodes.Changed : null,
            ExecCodes.LeftRunning,
            block.Retries == 0 ? null : ExecCodes.Flaky,
        }.OfType<RuleInfo>(),
    ];

    public async ValueTask<CheckOutcome> RunAsync(CheckContext context, CancellationToken stop)
    {
        var evidence = hasInputs
            ? new Evidence([.. context.Inputs.Files.Select(static file => file.Path)], context.Inputs.Files.Length, context.Inputs.LeftOut)
            : Evidence.None;
        if (context.Run is not { } scope || context.Workspace.Root is null)
            return CheckOutcome.Refused("there is no folder on disk to run a command in", evidence with { Read = 0 });
        var (command, refusal) = PlannedCommand.Of(block, scope, context.Bindings, context.Timeout ?? DefaultTimeout);
        if (command is null)
            return CheckOutcome.Refused(refusal!, evidence with { Read = 0 });

        var text = new CommandText(scope.Redactor);
        var golden = block.Stdout is null ? null : GoldenFile.Read(block.Stdout.Expand(context.Bindings), context.Workspace, stop);
        var runner = new AttemptRunner(command, scope, context.Workspace, context.Time);
        var firstFault = "";
        for (var number = 1; ; number++)
        {
            var attempt = await runner.Shared(number, stop).ConfigureAwait(false);
            var judgement = new ExecJudge(block, context, command, golden, text).Judge(attempt, stop);
            var canDiffer = attempt.Result.End != CommandEnd.NotStarted;
            if (!judgement.Passed && canDiffer && number <= block.Retries)
            {
                firstFault = firstFault.Length == 0 ? Fault(judgement) : firstFault;
                continue;
            }
            var flaky = judgement.Passed && number > 1;
            if (flaky)
            {
                judgement.Findings.Add(ExecCodes.Flaky, string.Create(CultureInfo.InvariantCulture,
                    $"flaky: passed at attempt {number} of {block.Retries + 1}; the first failed with: {firstFault}"), command.Display());
            }
            return new CheckOutcome(
                judgement.Findings.All,
                canDiffer ? evidence : evidence with { Read = 0 },
                judgement.Refusal,
                ExecDetails.Write(attempt, judgement.Tests, number, flaky, scope.Root, text));
        }
    }

    private static string Fault(Judgement judgement) =>
        (judgement.Refusal ?? judgement.Findings.All.First(static finding => finding.Severity != Severity.Note).Message).Split('\n')[0];
}
