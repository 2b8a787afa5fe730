using GitIntent.Arv.Model;
using GitIntent.Arv.Tests.Support;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Tests.Kinds.Artifact;

public sealed class Digests : IDisposable
{
    // Of "a\n".
    private const string A = "87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7";

    private readonly ArtifactRun _run = new();

    [Fact]
    public async Task A_file_with_its_digest_passes()
    {
        _run.Tree.Write("a", "a\n");
        _run.Tree.Write("b", "a\n");

        var outcome = await _run.Run($"{{ sha256: {{ a: \"{A}\", ./b: \"sha256:{A.ToUpperInvariant()}\" }} }}");

        outcome.Findings.ShouldBeEmpty();
        outcome.Refusal.ShouldBeNull();
        (outcome.Evidence.Matched, outcome.Evidence.Read).ShouldBe((2, 2));
    }

    [Fact]
    public async Task A_file_with_another_digest_is_a_finding()
    {
        _run.Tree.Write("a", "b\n");

        (await _run.Say($"{{ sha256: {{ a: \"{A}\" }} }}")).ShouldBe(
            [$"ARV4001 a has the SHA-256 0263829989b6fd954f72baaf2fc64bc2e2f01d692d4de72986ea808f6e99813f, expected {A}"]);
    }

    [Fact]
    public async Task An_included_file_that_nothing_covers_is_a_finding()
    {
        _run.Tree.Write("a", "a\n");
        _run.Tree.Write("dist/extra.js", "");

        (await _run.Say($"{{ sha256: {{ a: \"{A}\" }} }}")).ShouldBe(["ARV4002 no digest or signature covers dist/extra.js"]);
    }

    [Fact]
    public async Task A_named_file_that_is_missing_is_a_finding_also_where_nothing_is_selected()
    {
        Directory.CreateDirectory(_run.Tree.At("folder"));

        (await _run.Say($"{{ sha256: {{ a: \"{A}\", folder: \"{A}\" }} }}")).ShouldBe(["ARV4003 a is missing", "ARV4003 folder is a folder, not a file"]);
    }

    [Fact]
    public async Task A_named_file_counts_though_it_is_ignored_or_excluded()
    {
        _run.Tree.Write(".gitignore", "a\n");
        _run.Tree.Write("a", "b\n");
        _run.Exclude = ["/*"];

        (await _run.Say($"{{ sha256: {{ a: \"{A}\" }} }}")).ShouldHaveSingleItem().ShouldStartWith("ARV4001 a has the SHA-256");
    }

    [Theory]
    [InlineData("../outside.js", "ARV4004 the path of a digest, \"c/../outside.js\", leads out of its folder")]
    [InlineData("/etc/passwd", "ARV4004 the path of a digest, \"c//etc/passwd\", is an absolute path")]
    [InlineData("a\\..\\b", "ARV4004 the path of a digest, \"c/a\\..\\b\", is no path with / from the root")]
    [InlineData("", "ARV4004 the path of a digest, \"c/\", names no file")]
    public async Task A_value_that_leads_out_of_its_folder_is_a_finding(string entry, string finding)
    {
        _run.Tree.Write("outside.js", "a\n");
        _run.Values["path"] = "c";
        _run.Values["entry"] = entry;
        _run.Values["sum"] = A;
        _run.Exclude = ["/*"];

        (await _run.Say("{ sha256: { \"{path}/{entry}\": \"{sum}\" } }")).ShouldBe([finding]);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("sha256:12")]
    [InlineData("md5:87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7")]
    [InlineData("__proto__")]
    public async Task A_value_that_is_no_digest_is_a_finding(string sum)
    {
        _run.Tree.Write("a", "a\n");
        _run.Values["sum"] = sum;

        (await _run.Say("{ sha256: { a: \"{sum}\" } }")).ShouldBe([$"ARV4001 the digest of a is none: expected 64 hex digits, found \"{sum}\""]);
    }

    [LinuxFact]
    public async Task Links_are_findings()
    {
        _run.Tree.Write("a", "a\n");
        File.CreateSymbolicLink(_run.Tree.At("inside"), "a");
        File.CreateSymbolicLink(_run.Tree.At("outside"), "/etc/passwd");
        File.CreateSymbolicLink(_run.Tree.At("dangling"), "nowhere");

        var said = await _run.Say($"{{ sha256: {{ a: \"{A}\", inside: \"{A}\", outside: \"{A}\" }} }}");

        said.ShouldContain("ARV4005 inside is a link");
        said.Count(static line => line.StartsWith("ARV4005 outside is a link", StringComparison.Ordinal)).ShouldBeGreaterThan(0);
        said.Count(static line => line.StartsWith("ARV4005 dangling is a link", StringComparison.Ordinal)).ShouldBe(1);
    }

    [LinuxFact]
    public async Task Names_that_differ_only_in_case_are_a_finding()
    {
        _run.Tree.Write("dist/Index.js", "a\n");
        _run.Tree.Write("dist/index.js", "a\n");

        (await _run.Say($"{{ sha256: {{ dist/Index.js: \"{A}\", dist/index.js: \"{A}\" }} }}")).ShouldBe(["ARV4006 names that differ only in case: dist/Index.js, dist/index.js"]);
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_hashed_is_refused()
    {
        _run.Tree.Write("a", "a\n");
        _run.Source = static source => new ChangingSource(source);

        (await _run.Say($"{{ sha256: {{ a: \"{A}\" }} }}")).ShouldBe(["refused a: changed while it was read"]);
    }

    [Fact]
    public async Task A_file_too_large_for_the_memory_is_hashed_from_the_disk()
    {
        _run.Tree.Write("a", "a\n");
        _run.Source = static source => new SmallSource(source);

        (await _run.Say($"{{ sha256: {{ a: \"{A}\" }} }}")).ShouldBeEmpty();
        (await _run.Say("{ sha256: { a: \"" + new string('0', 64) + "\" } }")).ShouldHaveSingleItem().ShouldStartWith("ARV4001");
    }

    [Fact]
    public async Task A_signature_of_nothing_is_no_pass()
    {
        Directory.CreateDirectory(_run.Tree.At("folder"));
        _run.Tree.Write("s.sig", new string('x', 64));
        _run.Exclude = ["/*"];

        (await _run.Say("{ signature: { file: s.sig, keys: [\"ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"] } }")).ShouldHaveSingleItem().ShouldStartWith("ARV4007");
    }

    [Theory]
    [InlineData("{}", "arv.yml:1:1: error: artifact: expected at least one of sha256, signature, found none")]
    [InlineData("{ sha256: { a: b } }", "arv.yml:1:16: error: artifact: sha256: expected 64 hex digits, with or without sha256: before them, found \"b\"")]
    [InlineData("{ sha256: { ../a: \"87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7\" } }", "arv.yml:1:13: error: artifact: \"../a\" leads out of its folder")]
    [InlineData("{ signature: { file: s, keys: [\"ed25519:AAAA\"] } }", "arv.yml:1:32: error: artifact: signature: keys: expected ed25519: and 32 bytes in Base64, found \"ed25519:AAAA\"")]
    // The neutral element: it "verifies" whatever one likes.
    [InlineData("{ signature: { file: s, keys: [\"ed25519:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"] } }", "arv.yml:1:32: error: artifact: signature: keys: expected ed25519: and 32 bytes in Base64, found \"ed25519:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"")]
    public void A_bad_block_is_an_error_at_its_place(string block, string error) => ArtifactRun.Errors(block).ShouldBe([error]);

    public void Dispose() => _run.Dispose();

    private sealed class ChangingSource(IWorkspaceSource inner) : Wrapped(inner)
    {
        public override FileBytes Read(string path, CancellationToken stop) => new(default, LeftOutReasons.Changed);
    }

    private sealed class SmallSource(IWorkspaceSource inner) : Wrapped(inner)
    {
        public override FileBytes Read(string path, CancellationToken stop) => new(default, LeftOutReasons.TooLarge);
    }

    private abstract class Wrapped(IWorkspaceSource inner) : IWorkspaceSource
    {
        public string? Root => inner.Root;

        public SourceListing List(CancellationToken stop) => inner.List(stop);

        public SourceListing ListIgnored(string folder, CancellationToken stop) => inner.ListIgnored(folder, stop);

        public SourceEntry? Find(string path) => inner.Find(path);

        public abstract FileBytes Read(string path, CancellationToken stop);
    }
}
