using System.Collections.Immutable;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Model;
using GitIntent.Arv.Planning;
using GitIntent.Arv.Policy;
using GitIntent.Arv.Running;
using GitIntent.Arv.Tests.Support;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Tests.Running;

public sealed class PartsOfChecks
{
    [Fact]
    public async Task A_check_that_stands_for_others_is_run_and_reported_as_these()
    {
        var gates = await Run(FakeCheck.Plan(("a", "both", new Parted(("x", FakeCheck.Passes()), ("y", FakeCheck.Finds((Severity.Error, "f", 1)))), [])));

        gates[0].Checks.Select(static c => (c.Id, c.Title, c.Verdict)).ShouldBe([("both/x", "Title of x", Verdict.Passed), ("both/y", "Title of y", Verdict.Failed)]);
        gates[0].Findings.ShouldHaveSingleItem().Check.ShouldBe("both/y");
    }

    [Fact]
    public async Task A_need_of_it_means_all_of_its_parts()
    {
        var gates = await Run(FakeCheck.Plan(
            ("a", "both", new Parted(("x", FakeCheck.Passes()), ("y", FakeCheck.Refuses("no"))), []),
            ("a", "after", new Parted(("x", FakeCheck.Passes())), ["both"])));

        gates[0].Checks.Single(static c => c.Id == "after/x").Reason.ShouldBe("needs a/both/y, which was refused");
    }

    [Fact]
    public async Task A_verdict_on_a_store_of_our_own_judges_nothing_of_the_repository()
    {
        var own = new FakeCheck(static (_, _) => Task.FromResult(new CheckOutcome([], new Evidence([], 0, [new LeftOut("memory:", LeftOutReasons.OwnStore)]))));
        var alone = await Run(FakeCheck.Plan(("a", "own", own, [])));
        alone[0].Verdict.ShouldBe(Verdict.Passed);
        RunPolicy.Judge(alone).ShouldBe((Verdict.Refused, RunPolicy.NothingJudged));
        RunPolicy.JudgeAsked(alone).ShouldBe((Verdict.Passed, null));

        var beside = await Run(FakeCheck.Plan(("a", "own", own, []), ("a", "other", FakeCheck.Passes(), [])));
        RunPolicy.Judge(beside).ShouldBe((Verdict.Passed, null));
    }

    private static async Task<ImmutableArray<GateReport>> Run(Plan plan)
    {
        var workspace = Workspace.Open(new MemorySource(("a", "text")), CancellationToken.None);
        var template = new CheckContext { Workspace = workspace, Inputs = Selection.Empty, Time = TimeProvider.System };
        using var stop = new RunStop();
        using var runner = new Runner(plan, workspace, new RunOptions { Jobs = 2 }, template, new Silent(), stop);
        return await runner.RunAsync();
    }

    private sealed class Parted(params (string Name, ICheck Check)[] parts) : ICheck
    {
        public ImmutableArray<RuleInfo> Rules => [];

        public bool NeedsInputs => false;

        public ImmutableArray<CheckPart> Parts => [.. parts.Select(static p => new CheckPart(p.Name, "Title of " + p.Name, p.Check))];

        public ValueTask<CheckOutcome> RunAsync(CheckContext context, CancellationToken stop) => throw new InvalidOperationException("The whole is not run where its parts are.");
    }

    private sealed class Silent : IRunObserver
    {
        public void CheckStarted(string gate, string check)
        {
        }

        public void CheckFinished(string gate, CheckReport check)
        {
        }

        public void GateFinished(GateReport gate)
        {
        }
    }
}
