using System.Text;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Tree.Reading;

namespace GitIntent.Arv.Tests.Kinds.Text;

/// <summary>Several checks in one pass, from several threads.</summary>
public sealed class Scanning
{
    [Fact]
    public void Each_check_of_a_scan_gets_its_own()
    {
        var first = TextChecks.Read("ABC001: { forbid: foo }");
        var second = TextChecks.Read("ABC002: { forbid: bar }\nABC003: { require: baz, across: any }");
        var context = TextChecks.Context([("a", []), ("b", [])]);
        var scan = first.BeginScan([new ScanPart(first, context), new ScanPart(second, context)]);
        scan.NewWorker().Visit(context.Inputs.Files[0], new MemoryBytes("foo bar"u8.ToArray()), [0, 1], CancellationToken.None);
        scan.NewWorker().Visit(context.Inputs.Files[1], new MemoryBytes("foo bar baz"u8.ToArray()), [1], CancellationToken.None);

        var (one, two) = (scan.End(0), scan.End(1));

        TextChecks.Places(one).ShouldBe(["a:1:1-1:4 ABC001"]);
        TextChecks.Places(two).ShouldBe(["a:1:5-1:8 ABC002", "b:1:5-1:8 ABC002"]);
        (one.Evidence.Read, two.Evidence.Read).ShouldBe((1, 2));
        one.Evidence.Paths.ShouldBe(two.Evidence.Paths);
    }

    [Fact]
    public void Threads_lose_nothing()
    {
        var files = Enumerable.Range(0, 500).Select(i => ($"f{i:000}", Encoding.UTF8.GetBytes($"é foo {i}\nfoo"))).ToArray();
        var check = TextChecks.Read("ABC001: { forbid: { regex: '\\bfoo\\b' } }\nABC002: { require: never }");
        var context = TextChecks.Context(files);
        var scan = check.BeginScan([new ScanPart(check, context)]);

        Parallel.For(0, files.Length, i => scan.NewWorker().Visit(context.Inputs.Files[i], new MemoryBytes(files[i].Item2), [0], CancellationToken.None));

        var outcome = scan.End(0);
        outcome.Evidence.Read.ShouldBe(500);
        outcome.Findings.Count(f => f.Rule == "ABC001").ShouldBe(1000);
        outcome.Findings.Count(f => f.Rule == "ABC002").ShouldBe(500);
    }

    [Fact]
    public void A_scan_stops_when_told()
    {
        var check = TextChecks.Read("ABC001: { forbid: foo }");
        var context = TextChecks.Context([("a", [])]);
        var scan = check.BeginScan([new ScanPart(check, context)]);

        Should.Throw<OperationCanceledException>(() => scan.NewWorker().Visit(context.Inputs.Files[0], new MemoryBytes("foo"u8.ToArray()), [0], new CancellationToken(true)));
    }
}
