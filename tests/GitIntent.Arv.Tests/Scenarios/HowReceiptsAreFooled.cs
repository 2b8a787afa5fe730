using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GitIntent.Arv.Tests.Kinds.Artifact;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Scenarios;

/// <summary>What a receipt says of itself, and what its connector's bytes prove. Keys and signatures are openssl's.</summary>
public sealed class HowReceiptsAreFooled : IDisposable
{
    // As in docs/gates/connector-supply-chain.md.
    private const string Sign = """
        set -e
        find connectors/github@1.0.0 -type f ! -name connector.sig | LC_ALL=C sort | xargs -d '\n' sha256sum > "$1/list"
        openssl pkeyutl -sign -rawin -inkey "$1/$2" -in "$1/list" -out connectors/github@1.0.0/connector.sig
        """;

    private const string NewKey = """
        set -e
        openssl genpkey -algorithm ed25519 -out "$1/$2"
        openssl pkey -in "$1/$2" -pubout -outform DER | tail -c 32 | base64
        """;

    private readonly TempFolder _keys = new();
    private readonly Connectors _connectors;

    public HowReceiptsAreFooled()
    {
        var key = OpenSslFactAttribute.IsThere ? Shell("/", NewKey, "good.pem") : "";
        _connectors = new Connectors($$"""
            version: 1
            extends: [gwi]
            gates:
              connector-supply-chain:
                checks:
                  signed: { artifact: { signature: { keys: ["ed25519:{{key}}"] } } }

            """);
    }

    [OpenSslFact]
    public async Task A_signature_of_a_pinned_key_is_good_until_anything_changes()
    {
        _connectors.Receipt();
        Shell(_connectors.Tree.Path, Sign, "good.pem");
        await _connectors.ShouldPass();

        _connectors.Receipt(r => r["signatureKeyId"] = "another");
        await _connectors.ShouldFail("signed/github@1.0.0: ARV4007 connectors/github@1.0.0/connector.sig:1:");
    }

    [OpenSslFact]
    public async Task The_recipe_of_the_docs_makes_a_good_signature()
    {
        var recipe = Regex.Match(GateDocs.Page("connector-supply-chain"), "```sh\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        _connectors.Receipt();
        var key = Run.Program("sh", ["-ec", recipe], _connectors.Tree.Path).Trim();
        await _connectors.ShouldFail("signed/github@1.0.0: ARV4007"); // the key that is pinned is another

        var config = File.ReadAllText(_connectors.Tree.At("arv.yml"));
        _connectors.Tree.Write("arv.yml", Regex.Replace(config, "ed25519:[^\"]*", key));
        await _connectors.ShouldPass();
    }

    [OpenSslFact]
    public async Task What_a_receipt_claims_proves_nothing()
    {
        _connectors.Receipt(); // signatureVerified: true, and no signature
        await _connectors.ShouldFail("signed/github@1.0.0: ARV4003 connectors/github@1.0.0/connector.sig:1:");

        Shell("/", NewKey, "other.pem");
        Shell(_connectors.Tree.Path, Sign, "other.pem");
        await _connectors.ShouldFail("signed/github@1.0.0: ARV4007 connectors/github@1.0.0/connector.sig:1:");

        _connectors.Tree.Write($"{Connectors.Folder}/connector.sig", "true");
        await _connectors.ShouldFail("signed/github@1.0.0: ARV4007 connectors/github@1.0.0/connector.sig:1: connectors/github@1.0.0/connector.sig is no Ed25519 signature");
    }

    [OpenSslTheory]
    [InlineData("signatureVerified", "\"false\"")]
    [InlineData("signatureVerified", "\"true\"")]
    [InlineData("signatureVerified", "false")]
    [InlineData("signatureVerified", null)]
    [InlineData("signatureKeyId", "7")]
    [InlineData("installedFrom", "\"nowhere\"")]
    [InlineData("installedFrom", null)]
    [InlineData("tarballChecksum", "\"abc\"")]
    [InlineData("entrypointChecksum", "\"sha256:0000000000000000000000000000000000000000000000000000000000000000\"")]
    public async Task A_receipt_that_is_not_in_order_is_a_finding_however_it_is_signed(string key, string? value)
    {
        _connectors.Receipt(receipt =>
        {
            if (value is null)
                receipt.Remove(key);
            else
                receipt[key] = JsonNode.Parse(value);
        });
        Shell(_connectors.Tree.Path, Sign, "good.pem");
        await _connectors.ShouldFail("receipt/github@1.0.0: ARV200");

        _connectors.Receipt();
        Shell(_connectors.Tree.Path, Sign, "good.pem");
        await _connectors.ShouldPass();
    }

    [OpenSslTheory]
    [InlineData("local")]
    [InlineData("tarball")]
    public async Task A_receipt_does_not_excuse_itself_from_a_signature(string from)
    {
        _connectors.Receipt(r => { r["installedFrom"] = from; r["signatureVerified"] = false; });
        await _connectors.ShouldFail("signed/github@1.0.0: ARV4003");

        Shell(_connectors.Tree.Path, Sign, "good.pem");
        await _connectors.ShouldPass();
    }

    [OpenSslFact]
    public async Task A_signed_file_that_no_digest_covers_is_a_finding_still()
    {
        _connectors.Tree.Write($"{Connectors.Folder}/dist/more.js", "export {};\n");
        _connectors.Receipt();
        Shell(_connectors.Tree.Path, Sign, "good.pem");
        await _connectors.ShouldFail("payload/github@1.0.0: ARV4002 connectors/github@1.0.0/dist/more.js:1:");
    }

    [GitFact]
    public async Task Without_a_pinned_key_a_claim_is_a_finding()
    {
        using var connectors = new Connectors();
        connectors.Receipt();
        connectors.Commit();
        await connectors.ShouldFail("signed/github@1.0.0: ARV4008 connectors/github@1.0.0/connector.sig:1: no key is pinned");
    }

    public void Dispose()
    {
        _connectors.Dispose();
        _keys.Dispose();
    }

    private string Shell(string folder, string script, string key) => Run.Program("sh", ["-c", script.Replace("\r", "", StringComparison.Ordinal), "sh", _keys.Path, key], folder).Trim();
}
