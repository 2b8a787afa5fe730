using System.Diagnostics;
using System.Text;
using GitIntent.Arv.Kinds.Artifact;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Kinds.Artifact;

/// <summary>Signatures that sha256sum and openssl make, by the very commands of docs/kinds/artifact.md.</summary>
public sealed class Signatures : IDisposable
{
    private const string Sign = """
        set -e
        [ -f ../key.pem ] || openssl genpkey -algorithm ed25519 -out ../key.pem
        find . -type f ! -name a.sig | sed 's,^\./,,' | LC_ALL=C sort | xargs -d '\n' sha256sum > ../list
        openssl pkeyutl -sign -rawin -inkey ../key.pem -in ../list -out a.sig
        openssl pkey -in ../key.pem -pubout -outform DER | tail -c 32 | base64
        """;

    private readonly ArtifactRun _run = new();
    private readonly TempFolder _keys = new();

    [OpenSslFact]
    public async Task What_openssl_signed_is_good_until_a_file_changes()
    {
        _run.Tree.Write("dist/index.js", "one");
        _run.Tree.Write("dist-x/a b.js", "two");
        _run.Tree.Write("dist/Ω.js", "three");
        _run.Tree.Write("dist/\ud83d\ude00.js", "four");
        _run.Tree.Write("dist/\uff5e.js", "five"); // after the emoji by UTF-16 units, before it by bytes
        var block = $"{{ signature: {{ file: a.sig, keys: [\"{Other}\", \"ed25519:{Shell(Sign)}\"] }} }}";

        (await _run.Say(block)).ShouldBeEmpty();
        (await _run.Run(block)).Evidence.Read.ShouldBe(6);

        _run.Tree.Write("dist/index.js", "0ne");
        (await _run.Say(block)).ShouldHaveSingleItem().ShouldStartWith("ARV4007 a.sig is no signature of the 5 included files by a pinned key");
    }

    [OpenSslFact]
    public async Task A_file_that_was_added_renamed_or_taken_away_breaks_the_signature()
    {
        _run.Tree.Write("a", "1");
        _run.Tree.Write("b", "2");
        var block = $"{{ signature: {{ file: a.sig, keys: [\"ed25519:{Shell(Sign)}\"] }} }}";
        (await _run.Say(block)).ShouldBeEmpty();

        _run.Tree.Write("c", "3");
        (await _run.Say(block)).ShouldHaveSingleItem().ShouldStartWith("ARV4007");
        File.Delete(_run.Tree.At("c"));
        File.Move(_run.Tree.At("b"), _run.Tree.At("d"));
        (await _run.Say(block)).ShouldHaveSingleItem().ShouldStartWith("ARV4007");
        File.Delete(_run.Tree.At("d"));
        (await _run.Say(block)).ShouldHaveSingleItem().ShouldStartWith("ARV4007");
    }

    [OpenSslFact]
    public async Task A_signature_in_Base64_is_good_too_and_one_of_another_key_is_not()
    {
        _run.Tree.Write("a", "1");
        var key = Shell(Sign);
        var raw = File.ReadAllBytes(_run.Tree.At("a.sig"));
        File.WriteAllText(_run.Tree.At("a.sig"), Convert.ToBase64String(raw) + "\n");

        (await _run.Say($"{{ signature: {{ file: a.sig, keys: [\"ed25519:{key}\"] }} }}")).ShouldBeEmpty();
        (await _run.Say($"{{ signature: {{ file: a.sig, keys: [\"{Other}\"] }} }}")).ShouldHaveSingleItem().ShouldStartWith("ARV4007");
    }

    [Fact]
    public async Task Without_a_pinned_key_a_claim_is_a_finding()
    {
        _run.Tree.Write("a", "1");
        _run.Tree.Write("a.sig", new string('x', 64));

        (await _run.Say("{ signature: { file: a.sig } }")).ShouldBe(["ARV4008 no key is pinned: whoever can write the files can sign them"]);
        (await _run.Say("{ signature: { file: a.sig, keys: [] } }")).ShouldBe(["ARV4008 no key is pinned: whoever can write the files can sign them"]);
    }

    [Theory]
    [InlineData("true", "ARV4007 a.sig is no Ed25519 signature: expected 64 bytes, raw or in Base64, found 4")]
    [InlineData("", "ARV4007 a.sig is no Ed25519 signature: expected 64 bytes, raw or in Base64, found 0")]
    [InlineData(null, "ARV4003 a.sig is missing")]
    public async Task What_is_no_signature_is_a_finding(string? content, string finding)
    {
        _run.Tree.Write("a", "1");
        if (content is not null)
            _run.Tree.Write("a.sig", content);

        (await _run.Say($"{{ signature: {{ file: a.sig, keys: [\"{Other}\"] }} }}")).ShouldBe([finding]);
    }

    [LinuxFact]
    public async Task A_name_that_cannot_stand_in_the_list_is_a_finding()
    {
        _run.Tree.Write("a\nb", "1");
        _run.Tree.Write("a.sig", new string('x', 64));

        (await _run.Say($"{{ signature: {{ file: a.sig, keys: [\"{Other}\"] }} }}")).ShouldBe(["ARV4004 a name with a line end or a backslash cannot stand in the signed list"]);
    }

    [Theory]
    // RFC 8032, section 7.1, tests 1 to 3.
    [InlineData("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "", "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72", "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82", "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void The_vectors_of_the_standard_verify_and_none_with_a_bit_changed(string key, string message, string signature)
    {
        PinnedKey.TryParse("ed25519:" + Convert.ToBase64String(Convert.FromHexString(key)), out var pinned).ShouldBeTrue();
        var (text, raw) = (Convert.FromHexString(message), Convert.FromHexString(signature));

        pinned.Verifies(raw, text).ShouldBeTrue();
        pinned.Verifies(raw, [.. text, 0]).ShouldBeFalse();
        for (var i = 0; i < raw.Length; i++)
        {
            var changed = raw.ToArray();
            changed[i] ^= 1;
            pinned.Verifies(changed, text).ShouldBeFalse();
        }
    }

    public void Dispose()
    {
        _run.Dispose();
        _keys.Dispose();
    }

    private static string Other => "ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    private string Shell(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script.Replace("../", _keys.Path + "/", StringComparison.Ordinal)])
        {
            WorkingDirectory = _run.Tree.Path,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.ASCII,
        })!;
        var output = shell.StandardOutput.ReadToEnd().Trim();
        shell.WaitForExit();
        shell.ExitCode.ShouldBe(0);
        return output;
    }
}

internal sealed class OpenSslFactAttribute : FactAttribute
{
    public OpenSslFactAttribute()
    {
        if (!IsThere)
            Skip = "openssl and sha256sum are not on this machine";
    }

    public static bool IsThere { get; } = OperatingSystem.IsLinux() && Support.Run.Find("openssl") is not null;
}

/// <summary>As <see cref="OpenSslFactAttribute"/>, with data.</summary>
internal sealed class OpenSslTheoryAttribute : TheoryAttribute
{
    public OpenSslTheoryAttribute()
    {
        if (!OpenSslFactAttribute.IsThere)
            Skip = "openssl and sha256sum are not on this machine";
    }
}
