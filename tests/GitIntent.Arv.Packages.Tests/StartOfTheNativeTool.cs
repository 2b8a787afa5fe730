using System.Runtime.InteropServices;
using GitIntent.Arv.Packages.Tests.Support;

namespace GitIntent.Arv.Packages.Tests;

/// <summary>What decides how long the native tool takes to start, and where it does not.</summary>
[Collection(Packed.Name)]
[Trait("Category", "Packages")]
public sealed class StartOfTheNativeTool(Feed feed)
{
    private const int FixedAddress = 2; // ET_EXEC of elf(5)

    [LinuxFact]
    public void Its_data_lies_in_the_file_as_it_is_used_and_nothing_is_unpacked_or_relocated()
    {
        if (!feed.HasNative)
            return;
        var program = Nupkg.Bytes(feed.Package($"GitIntent.Arv.{Feed.Rid}"), $"tools/any/{Feed.Rid}/dotnet-arv");

        MemoryMarshal.Read<ushort>(program.AsSpan(16)).ShouldBe((ushort)FixedAddress);
        program.AsSpan().IndexOf(".hydrated\0"u8).ShouldBe(-1, "the section that a start unpacks its data into");
    }

    [EmulatedFact]
    public async Task A_processor_that_is_too_old_is_said_in_one_line()
    {
        using var user = feed.Empty();
        await new Installed(feed).RunAsync(user, "--version");
        user.Write("arv.yml", Templates.Gates).Write("a.cs", "// forbidden words\n");

        var refused = await DotNet.RunAsync(user.Start("qemu-x86_64", "-cpu", "Nehalem", new Installed(feed).Command, "run-all"));
        var judged = await DotNet.RunAsync(user.Start("qemu-x86_64", "-cpu", "Haswell", new Installed(feed).Command, "run-all"));

        refused.ExitCode.ShouldBe(134, refused.Output); // aborted
        refused.Lines.Where(static l => l.Length > 0 && !l.StartsWith("qemu", StringComparison.Ordinal)).ShouldBe(["The required instruction sets are not supported by the current CPU."]);
        judged.ExitCode.ShouldBe(1, judged.Output);
        judged.Output.ShouldContain("a.cs:1:4: error WRD001");
    }
}
