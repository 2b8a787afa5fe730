using System.IO.Compression;
using System.Text.RegularExpressions;
using GitIntent.Arv.Packages.Tests.Support;

namespace GitIntent.Arv.Packages.Tests;

/// <summary>The two flavours of the tool are one program: every report of theirs has the same bytes.</summary>
[Collection(Packed.Name)]
[Trait("Category", "Packages")]
public sealed partial class NativeAndManagedSayTheSame(Feed feed)
{
    private static readonly string[] Forms = ["json", "markdown", "sarif", "junit"];

    [UnixFact]
    public async Task Of_a_repository_with_findings_of_every_kind()
    {
        using var user = feed.Empty();
        await EveryKind.WriteAsync(user);
        await new Installed(feed).RunAsync(user, "--version");
        using (var zip = ZipFile.OpenRead(feed.Package("GitIntent.Arv.any")))
            zip.ExtractToDirectory(user.At("../any"));

        var native = await ReportsAsync(user, "native", new Installed(feed).Command);
        var managed = await ReportsAsync(user, "managed", DotNet.Host, user.At("../any/tools/net10.0/any/dotnet-arv.dll"));

        foreach (var form in (string[])["console", .. Forms])
            managed[form].ShouldBe(native[form], form);
        Found().Matches(native["json"]).Select(static m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal).ShouldBe(EveryKind.Rules);
    }

    private static async Task<Dictionary<string, string>> ReportsAsync(Sandbox user, string name, params string[] command)
    {
        string File(string form) => user.At($"../{name}.{form}");
        var run = await DotNet.RunAsync(user.Start([.. command, "run-all", .. Forms.SelectMany(f => new[] { "--" + f, File(f) })]));
        run.ExitCode.ShouldBe(1, run.Output);
        var reports = Forms.ToDictionary(static f => f, f => Varying().Replace(System.IO.File.ReadAllText(File(f)), "$1"), StringComparer.Ordinal);
        reports.Add("console", run.Output);
        return reports;
    }

    [GeneratedRegex("\"rule\": \"([A-Z0-9]+)\"")]
    private static partial Regex Found();

    /// <summary>What the contract of the report says differs between two runs: its id, and times.</summary>
    [GeneratedRegex("(\"runId\": |\"startedAt\": |\"durationMs\": |\"outputFolder\": | time=)[^,\\n >]+")]
    private static partial Regex Varying();
}
