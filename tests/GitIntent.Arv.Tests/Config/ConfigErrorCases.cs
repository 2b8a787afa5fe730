using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Config;

/// <summary>Each case is a configuration and what the reader says of it: one file beside another.</summary>
public sealed class ConfigErrorCases
{
    private static readonly string Cases = Path.Combine(Golden.SourceFolder(), "Cases");

    public static TheoryData<string> All => [.. Directory.GetFiles(Cases, "*.yml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_mistake_is_named_at_its_place_with_what_is_allowed(string name)
    {
        using var folder = new TempFolder();
        File.Copy(Path.Combine(Cases, name + ".yml"), folder.At("arv.yml"));
        folder.Write("base/circle.yml", "version: 1\nextends: [base/circle.yml]\ngates: {}\n");
        folder.Write("a.txt", "a\n");

        var result = await Tool.RunAsync(folder.Path, "config", "check");

        result.Out.ShouldBe("");
        result.ExitCode.ShouldBe(20);
        Golden.ShouldMatch(result.Error, Path.Combine(Cases, name + ".expected"));
    }
}
