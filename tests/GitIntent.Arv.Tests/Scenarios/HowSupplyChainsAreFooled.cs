using System.Text.Json.Nodes;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Scenarios;

/// <summary>How code gets past a supply-chain gate: each trick is red, its plain twin is red, and the tree without it is green.</summary>
public sealed class HowSupplyChainsAreFooled : IDisposable
{
    private readonly Connectors _connectors = new();

    [GitFact]
    public Task What_is_in_order_passes() => _connectors.ShouldPass();

    [GitFact]
    public async Task A_manifest_of_another_connector_is_not_taken_for_this_one()
    {
        _connectors.Write(Connectors.Code, m => m["id"] = "gitlab");
        await _connectors.ShouldFail("manifest/github@1.0.0: ARV2002 connectors/github@1.0.0/connector.manifest.json:3: /id is \"gitlab\"");

        _connectors.Write(Connectors.Code, m => m["version"] = "1.0.1");
        await _connectors.ShouldFail("manifest/github@1.0.0: ARV2002 connectors/github@1.0.0/connector.manifest.json:4: /version is \"1.0.1\"");

        _connectors.Write(Connectors.Code, m => m["id"] = "Git_Lab"); // the plain twin: no id at all
        await _connectors.ShouldFail("manifest/github@1.0.0: ARV2001 connectors/github@1.0.0/connector.manifest.json:3:");

        _connectors.Write(Connectors.Code);
        await _connectors.ShouldPass();
    }

    [GitTheory]
    [InlineData("../../outside.js")]
    [InlineData("dist/../../../outside.js")]
    [InlineData("/outside.js")]
    public async Task An_entrypoint_outside_of_its_folder_is_not_followed(string entry)
    {
        _connectors.Tree.Write("outside.js", Connectors.Code).Write("connectors/outside.js", Connectors.Code);
        _connectors.Write(Connectors.Code, m => m["entrypoint"] = entry);
        _connectors.Commit();
        await _connectors.ShouldFail("entrypoint/github@1.0.0: ARV0102 connectors/github@1.0.0/connector.manifest.json:8: The value of entry leads out of its folder");

        _connectors.Write(Connectors.Code, m => m["entrypoint"] = "missing.js");
        await _connectors.ShouldFail("entrypoint/github@1.0.0: ARV1001 connectors/github@1.0.0/missing.js:1: connectors/github@1.0.0/missing.js is missing");

        _connectors.Write(Connectors.Code, m => m["entrypoint"] = "./dist/index.js");
        _connectors.Commit();
        await _connectors.ShouldPass();
    }

    [GitFact]
    public async Task A_payload_that_the_entrypoint_imports_and_no_digest_covers_is_seen()
    {
        _connectors.Write("export * from './payload.js';\n");
        _connectors.Tree.Write($"{Connectors.Folder}/dist/payload.js", "export const x = 1;\n");
        _connectors.Commit();
        await _connectors.ShouldFail("payload/github@1.0.0: ARV4002 connectors/github@1.0.0/dist/payload.js:1: no digest or signature covers");

        // Where git does not see it, it runs all the same.
        _connectors.Tree.Write(".gitignore", "payload.js\n");
        Git.In(_connectors.Tree.Path, "rm", "-q", "--cached", $"{Connectors.Folder}/dist/payload.js");
        await _connectors.ShouldFail("payload/github@1.0.0: ARV4002 connectors/github@1.0.0/dist/payload.js:1:");

        File.Delete(_connectors.Tree.At($"{Connectors.Folder}/dist/payload.js"));
        _connectors.Write("export * from '@gwi/integrations';\n");
        await _connectors.ShouldFail("sealed/github@1.0.0: SUP002 connectors/github@1.0.0/dist/index.js:1: Imports code that no digest covers");

        _connectors.Write(Connectors.Code + "// changed", m => m["checksum"] = Connectors.Digest(Connectors.Code));
        await _connectors.ShouldFail("payload/github@1.0.0: ARV4001 connectors/github@1.0.0/dist/index.js:1:");

        _connectors.Write(Connectors.Code);
        await _connectors.ShouldPass();
    }

    [LinuxTheory]
    [InlineData("import x from '../../payload.js';")]
    [InlineData("import x from './../../payload.js';")]
    [InlineData("import x from 'lodash';")]
    [InlineData("import x from '#x';")]
    [InlineData("import 'lodash'")]
    [InlineData("export {\n x }\n from\n 'lodash'")]
    [InlineData("const x = require /* it */ (\n// here\n'lodash')")]
    [InlineData("const x = await import(`lodash`)")]
    public async Task What_lies_elsewhere_is_not_covered(string code)
    {
        _connectors.Tree.Write("connectors/payload.js", "export default 1;\n");
        _connectors.Write(code);
        _connectors.Commit();
        await _connectors.ShouldFail("sealed/github@1.0.0: SUP002 connectors/github@1.0.0/dist/index.js:");
    }

    [GitTheory]
    [InlineData("github")]
    [InlineData("GitHub@1.0.0")]
    [InlineData("github@1.0")]
    [InlineData("@1.0.0")]
    public async Task A_folder_whose_name_does_not_parse_is_not_passed_over(string name)
    {
        _connectors.Write("require('child_process')", folder: $"connectors/{name}");
        _connectors.Commit();
        await _connectors.ShouldFail($"present/{name}: ARV0101 connectors/{name}:1: The name does not fit");

        Directory.Delete(_connectors.Tree.At($"connectors/{name}"), recursive: true);
        _connectors.Write("require('child_process')", m => m["id"] = "other", folder: "connectors/other@1.0.0");
        _connectors.Commit();
        await _connectors.ShouldFail("allowed/other@1.0.0: SUP005 connectors/other@1.0.0/dist/index.js:1: Starts programs");

        Directory.Delete(_connectors.Tree.At("connectors/other@1.0.0"), recursive: true);
        await _connectors.ShouldPass();
    }

    [GitFact]
    public async Task A_connector_that_git_ignores_is_looked_at()
    {
        _connectors.Tree.Write(".gitignore", "connectors/other@1.0.0/\n");
        _connectors.Write(Connectors.Code, m => m["id"] = "other", folder: "connectors/other@1.0.0");
        await _connectors.ShouldFail("reviewed/other@1.0.0: ARV1005 connectors/other@1.0.0/connector.manifest.json:1: git does not track this file");

        _connectors.Commit();
        await _connectors.ShouldPass();
    }

    [LinuxFact]
    public async Task A_connector_that_is_a_link_is_looked_at()
    {
        _connectors.Write(Connectors.Code, m => m["id"] = "other", folder: "elsewhere");
        _connectors.Tree.Link("connectors/other@1.0.0", "../elsewhere");
        _connectors.Commit();
        await _connectors.ShouldFail("payload/other@1.0.0: ARV4005 connectors/other@1.0.0/dist/index.js:1:");

        File.Delete(_connectors.Tree.At("connectors/other@1.0.0"));
        await _connectors.ShouldPass();
    }

    [LinuxFact]
    public async Task An_entrypoint_that_is_a_link_is_a_finding()
    {
        _connectors.Tree.Write("shared/index.js", Connectors.Code);
        File.Delete(_connectors.Tree.At($"{Connectors.Folder}/dist/index.js"));
        _connectors.Tree.Link($"{Connectors.Folder}/dist/index.js", "../../../shared/index.js");
        _connectors.Commit();
        await _connectors.ShouldFail("payload/github@1.0.0: ARV4005 connectors/github@1.0.0/dist/index.js:1:");
    }

    [GitFact]
    public async Task Without_a_receipt_what_git_does_not_have_is_not_trusted()
    {
        Git.In(_connectors.Tree.Path, "rm", "-q", "--cached", $"{Connectors.Folder}/dist/index.js");
        await _connectors.ShouldFail("reviewed/github@1.0.0: ARV1005 connectors/github@1.0.0/dist/index.js:1: git does not track this file");

        _connectors.Commit();
        await _connectors.ShouldPass();
    }

    [GitFact]
    public async Task Where_nothing_is_signed_a_signature_is_no_place_for_code()
    {
        _connectors.Write("require('./connector.sig');\n", entry: "index.js");
        _connectors.Tree.Write($"{Connectors.Folder}/connector.sig", "module.exports = 1;\n");
        File.Delete(_connectors.Tree.At($"{Connectors.Folder}/dist/index.js"));
        _connectors.Commit();
        await _connectors.ShouldFail("reviewed/github@1.0.0: ARV1002 connectors/github@1.0.0/connector.sig:1: this file is forbidden");
    }

    [GitTheory]
    [InlineData("manifestVersion", "\"2.0\"")]
    [InlineData("id", "\"-a\"")]
    [InlineData("version", "\"1.0\"")]
    [InlineData("version", "\"01.0.0\"")]
    [InlineData("displayName", "\"\"")]
    [InlineData("author", "\"\"")]
    [InlineData("license", "\"\"")]
    [InlineData("license", null)]
    [InlineData("entrypoint", "\"dist/index.ts\"")]
    [InlineData("tools", "[]")]
    [InlineData("tools", "[{ \"policyClass\": \"READ\" }]")]
    [InlineData("tools", "[{ \"name\": \"\", \"policyClass\": \"READ\" }]")]
    [InlineData("tools", "[{ \"name\": \"a\", \"policyClass\": \"WRITE\" }]")]
    [InlineData("tools", "[{ \"name\": \"a\" }]")]
    [InlineData("capabilities", "[]")]
    [InlineData("checksum", "\"abc\"")]
    public async Task A_manifest_that_is_not_complete_is_a_finding(string key, string? value)
    {
        _connectors.Write(Connectors.Code, manifest =>
        {
            if (value is null)
                manifest.Remove(key);
            else
                manifest[key] = JsonNode.Parse(value);
        });
        await _connectors.ShouldFail("manifest/github@1.0.0: ARV2001 connectors/github@1.0.0/connector.manifest.json:");
    }

    [GitFact]
    public async Task Two_tools_of_one_name_are_a_finding()
    {
        _connectors.Write(Connectors.Code, m => m["tools"] = JsonNode.Parse("""[{ "name": "a", "policyClass": "READ" }, { "name": "a", "policyClass": "DESTRUCTIVE" }]"""));
        await _connectors.ShouldFail("manifest/github@1.0.0: ARV2003 connectors/github@1.0.0/connector.manifest.json:");
    }

    [GitTheory]
    [InlineData("SUP001", "const fs = require('fs');", "const fs = require(\n  'node:fs');")]
    [InlineData("SUP001", "import fs from 'fs';", "import { readFile } from 'fs/promises';")]
    [InlineData("SUP003", "f(process.env.HOME);", "f(process\n  .env\n  .HOME);")]
    [InlineData("SUP004", "f(process.cwd());", "f(process\n  .cwd());")]
    [InlineData("SUP005", "require('child_process');", "await import(\n  'node:child_process');")]
    [InlineData("SUP006", "eval('1');", "eval\n  ('1');")]
    [InlineData("SUP007", "new Function('1');", "new Function\n  ('1');")]
    [InlineData("SUP008", "f('../../../x');", "f('..\\\\..\\\\..\\\\x');")]
    [InlineData("SUP009", "f('/etc/passwd');", "f(`\n/etc/passwd`);")]
    [InlineData("SUP010", "f('/root/x');", "f(`\n/root/x`);")]
    public async Task What_a_connector_may_not_do_is_seen_plain_and_split(string rule, string plain, string split)
    {
        foreach (var code in (string[])[plain, split])
        {
            _connectors.Write(Connectors.Code + code);
            await _connectors.ShouldFail($"allowed/github@1.0.0: {rule} connectors/github@1.0.0/dist/index.js:");
        }
        _connectors.Write(Connectors.Code);
        await _connectors.ShouldPass();
    }

    [Fact]
    public async Task No_connectors_at_all_is_refused()
    {
        using var tree = new TempFolder().Write("arv.yml", "version: 1\nextends: [gwi]\n").Write("connectors/README.md");
        (await Tool.RunAsync(tree.Path, "run", "connector-supply-chain")).ShouldSay(3, "connectors/*/ matches no folder");
    }

    public void Dispose() => _connectors.Dispose();
}
