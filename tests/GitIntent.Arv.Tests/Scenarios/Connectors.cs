using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Scenarios;

/// <summary>A repository with one connector that is in order, to be spoiled by a test; everything is in git.</summary>
internal sealed class Connectors : IDisposable
{
    public const string Folder = "connectors/github@1.0.0";
    public const string Code = "export const connector = { name: 'github' };\n";

    public Connectors(string config = "version: 1\nextends: [gwi]\n")
    {
        Tree.Write("arv.yml", config);
        Write(Code);
        Git.Commit(Tree.Path);
    }

    public TempFolder Tree { get; } = new();

    /// <summary>Writes the code and the manifest that fits it.</summary>
    public void Write(string code, Action<JsonObject>? change = null, string folder = Folder, string entry = "dist/index.js")
    {
        Tree.Write($"{folder}/{entry}", code);
        var manifest = Manifest(code);
        manifest["entrypoint"] = entry;
        change?.Invoke(manifest);
        Tree.Write($"{folder}/connector.manifest.json", manifest.ToString() + "\n");
    }

    public void Receipt(Action<JsonObject>? change = null)
    {
        var receipt = (JsonObject)JsonNode.Parse($$"""
            { "version": "1.0", "connectorId": "github", "connectorVersion": "1.0.0", "installedFrom": "registry",
              "tarballChecksum": "{{Digest("tarball")}}", "entrypointChecksum": "{{Digest(Code)}}", "signatureVerified": true, "signatureKeyId": "release" }
            """)!;
        change?.Invoke(receipt);
        Tree.Write($"{Folder}/install-receipt.json", receipt.ToString() + "\n");
    }

    public void Commit()
    {
        Git.In(Tree.Path, "add", "-A", "--force");
        Git.In(Tree.Path, "commit", "-q", "--allow-empty", "-m", "More");
    }

    public Task<JsonReport> Judge() => JsonReport.OfAsync(Tree, "run", "connector-supply-chain");

    public async Task ShouldPass()
    {
        var report = await Judge();
        report.Findings.ShouldBeEmpty();
        report.ExitCode.ShouldBe(0, string.Join('\n', report.Checks));
    }

    /// <summary>The gate fails, and by this finding.</summary>
    public async Task ShouldFail(string finding)
    {
        var report = await Judge();
        report.Findings.ShouldContain(f => f.StartsWith(finding, StringComparison.Ordinal), string.Join('\n', [.. report.Findings, .. report.Checks]));
        report.ExitCode.ShouldBe(1);
    }

    public static string Digest(string text) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static JsonObject Manifest(string code) => (JsonObject)JsonNode.Parse($$"""
        { "manifestVersion": "1.0", "id": "github", "version": "1.0.0", "displayName": "GitHub", "author": "A team", "license": "MIT", "entrypoint": "dist/index.js",
          "tools": [ { "name": "getIssue", "policyClass": "READ" }, { "name": "createBranch", "policyClass": "DESTRUCTIVE" } ],
          "capabilities": [ "vcs" ], "checksum": "{{Digest(code)}}" }
        """)!;

    public void Dispose() => Tree.Dispose();
}
