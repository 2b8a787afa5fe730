using System.Collections.Immutable;
using System.Globalization;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Kinds.Reliability;

/// <summary><c>reliability</c>: judges an implementation of locks, idempotency, resume and errors by the conformance suite.</summary>
internal sealed class ReliabilityKind : ICheckKind
{
    /// <summary>What random histories are made from when nobody says: any number will do, as long as it stays the same.</summary>
    public const int DefaultSeed = 1;

    public string Name => "reliability";

    public string Doc => "Implementations of locks, idempotency, resume and errors: each keeps its promises.";

    public ImmutableArray<RuleInfo> Codes => [ReliabilityCodes.Broken, ReliabilityCodes.Ended, ReliabilityCodes.Left];

    public Shape Shape { get; } = new RecordShape(
    [
        new Key("targets", new ListShape(new TextShape("a store URI such as memory:, sqlite:PATH, or assembly:PATH")), "What to judge.", Required: true),
        new Key("checks", new ListShape(new WordShape([.. ReliabilityIds.All.Select(static c => c.Id)])), "Which checks to run. Default: all."),
        new Key("seed", new IntegerShape(0, int.MaxValue), "What random histories are made from; the same number makes the same ones. Default: 1."),
    ]);

    public ICheck Read(DocNode block, CheckReading reading)
    {
        var map = (DocMap)block;
        var targets = new List<ReliabilityTarget>();
        foreach (var scalar in ((DocList)map["targets"]!).Items.Cast<DocScalar>())
        {
            if (ReliabilityTarget.TryParse(scalar.Text, out var target, out var error))
                targets.Add(target);
            else
                reading.Errors.Add(scalar, $"reliability: targets: {error}");
        }

        ImmutableArray<string> checks = [.. ((map["checks"] as DocList)?.Items ?? []).Cast<DocScalar>().Select(static c => c.Text).Distinct()];
        var seed = map["seed"] is DocScalar number ? int.Parse(number.Text, CultureInfo.InvariantCulture) : DefaultSeed;
        return new ReliabilityCheck([.. targets.DistinctBy(static t => t.Text)], checks, seed);
    }
}
