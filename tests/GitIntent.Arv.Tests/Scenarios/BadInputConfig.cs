using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Scenarios;

/// <summary>Things in the place of a configuration: one clear error each, and exit 20.</summary>
public sealed class BadInputConfig
{
    [Theory]
    [InlineData("[missing.yml]", "arv.yml:2:11: error: extends: \"missing.yml\" cannot be read; expected a file inside the repository\n")]
    [InlineData("[../base.yml]", "arv.yml:2:11: error: extends: \"../base.yml\" is no path inside the repository; expected one relative to its root, such as build/base.yml\n")]
    [InlineData("[gw]", "arv.yml:2:11: error: extends: unknown preset \"gw\"; did you mean \"gwi\"? expected one of default, gwi, or a file inside the repository\n")]
    [InlineData("[link.yml]", "arv.yml:2:11: error: extends: \"link.yml\" cannot be read; expected a file inside the repository\n")]
    [InlineData("[arv.yml]", "arv.yml:2:11: error: extends: \"arv.yml\" extends itself, by way of arv.yml\n")]
    public async Task What_cannot_be_extended_is_one_error_and_what_it_would_hold_is_none(string extends, string error)
    {
        using var folder = new TempFolder();
        folder.Write("arv.yml", $"version: 1\nextends: {extends}\n").Link("link.yml", "/etc/hostname");

        var result = await Tool.RunAsync(folder.Path, "run-all");

        result.Error.ShouldBe(error);
        result.ExitCode.ShouldBe(20);
    }

    [Fact]
    public async Task Nothing_to_extend_is_one_error()
    {
        using var folder = new TempFolder();
        folder.Write("arv.yml", "version: 1\nextends: [\"\"]\ngates: { g: { checks: { c: { files: { require: [a] } } } } }\n");

        (await Tool.RunAsync(folder.Path, "run-all")).Error.ShouldBe("arv.yml:2:11: error: configuration: extends: expected a preset or a file inside the repository, found \"\"\n");
    }

    [Fact]
    public async Task A_configuration_without_gates_is_still_an_error()
    {
        using var folder = new TempFolder();
        folder.Write("arv.yml", "version: 1\n");

        (await Tool.RunAsync(folder.Path, "run-all")).ShouldSay(20, "arv.yml:1:1: error: configuration: \"gates\" is missing");
    }

    [Fact]
    public async Task A_configuration_of_fifty_megabytes_is_not_read()
    {
        using var folder = new TempFolder();
        folder.Write("arv.yml");
        using (var file = File.OpenWrite(folder.At("arv.yml")))
            file.SetLength(50_000_000);

        (await Tool.RunAsync(folder.Path, "run-all")).ShouldSay(20, "arv.yml:1:1: error: cannot be read: it has 50000000 bytes; expected at most 1048576");
    }

    [LinuxFact]
    public async Task What_is_no_file_is_no_configuration()
    {
        using var folder = new TempFolder();
        Run.Program("mkfifo", ["arv.yml"], folder.Path);
        (await Tool.RunAsync(folder.Path, "run-all")).ShouldSay(20, "arv.yml:1:1: error: cannot be read: not a regular file");

        File.Delete(folder.At("arv.yml"));
        folder.Link("arv.yml", "nowhere.yml");
        (await Tool.RunAsync(folder.Path, "run-all")).ShouldSay(20, "arv.yml:1:1: error: cannot be read: dangling link");

        File.Delete(folder.At("arv.yml"));
        folder.Link("arv.yml", "/etc/hostname");
        (await Tool.RunAsync(folder.Path, "run-all")).ShouldSay(20, "arv.yml:1:1: error: cannot be read: link out of the repository");

        File.Delete(folder.At("arv.yml"));
        Directory.CreateDirectory(folder.At("arv.yml"));
        (await Tool.RunAsync(folder.Path, "run-all")).ShouldSay(20, "arv.yml:1:1: error: cannot be read: it is a folder");
    }
}
