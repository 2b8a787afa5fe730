using System.Collections.Immutable;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Model;
using GitIntent.Arv.Planning;

namespace GitIntent.Arv.Tests.Running;

/// <summary>A check that does what the test says.</summary>
internal sealed class FakeCheck(Func<CheckContext, CancellationToken, Task<CheckOutcome>> run) : ICheck
{
    public ImmutableArray<RuleInfo> Rules => [];

    public bool NeedsInputs => false;

    public async ValueTask<CheckOutcome> RunAsync(CheckContext context, CancellationToken stop) => await run(context, stop);

    public static FakeCheck Passes() => new((_, _) => Task.FromResult(new CheckOutcome([], Looked)));

    public static FakeCheck Refuses(string reason) => new((_, _) => Task.FromResult(CheckOutcome.Refused(reason)));

    public static FakeCheck Throws(Exception e) => new((_, _) => throw e);

    public static FakeCheck Finds(params (Severity Severity, string Path, int Line)[] findings) => new((_, _) => Task.FromResult(new CheckOutcome(
        [.. findings.Select(f => new Finding { Rule = "ABC001", Severity = f.Severity, Message = "found", Path = f.Path, Span = new TextSpan(f.Line, 1, f.Line, 2), Anchor = "x" })],
        Looked)));

    public static Plan Plan(params (string Gate, string Check, ICheck Body, string[] Needs)[] checks) => new(
        [.. checks.GroupBy(c => c.Gate).Select(g => new PlannedGate(g.Key, g.Key, [.. g.Select(c => new PlannedCheck
        {
            Gate = c.Gate,
            Id = c.Check,
            Title = c.Check,
            Kind = "fake",
            Check = c.Body,
            Settings = FindingSettings.Default,
            Needs = [.. c.Needs.Select(n => n.Split('/')).Select(n => n.Length == 1 ? new Need(c.Gate, n[0]) : new Need(n[0], n[1]))],
        })]))],
        "sha256:0", [], Named: true);

    private static readonly Evidence Looked = new(["a"], 1, []);
}
