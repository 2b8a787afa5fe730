using GitIntent.Arv.Packages.Tests.Support;

namespace GitIntent.Arv.Packages.Tests;

/// <summary>The tool, installed in each way that there is.</summary>
[Collection(Packed.Name)]
[Trait("Category", "Packages")]
public sealed class InstalledTools(Feed feed)
{
    [Fact]
    public async Task From_a_manifest()
    {
        using var user = feed.Empty();
        (await user.DotNetAsync("new tool-manifest")).ExitCode.ShouldBe(0);
        (await user.DotNetAsync("tool install GitIntent.Arv")).ExitCode.ShouldBe(0);

        await Works(user, arguments => user.DotNetAsync(["arv", .. arguments]));
    }

    [Fact]
    public async Task Into_a_folder()
    {
        using var user = feed.Empty();

        await Works(user, arguments => new Installed(feed).RunAsync(user, arguments));
    }

    [Fact]
    public async Task By_dnx()
    {
        using var user = feed.Empty();

        await Works(user, arguments => user.DotNetAsync(["dnx", "--yes", $"GitIntent.Arv@{Feed.Version}", "--", .. arguments]));
    }

    [Fact]
    public async Task The_managed_one_on_systems_without_a_native_one()
    {
        using var user = feed.Empty();
        // The pointer of a machine that can make no native one.
        using var zip = System.IO.Compression.ZipFile.OpenRead(feed.Package("GitIntent.Arv.any"));
        System.IO.Compression.ZipFileExtensions.ExtractToDirectory(zip, user.At("any"));

        await Works(user, arguments => user.DotNetAsync([user.At("any/tools/net10.0/any/dotnet-arv.dll"), .. arguments]));
    }

    /// <summary>What the documentation tells those whose processor or C library the native one is not for.</summary>
    [Fact]
    public async Task The_managed_one_by_its_own_name_without_wide_vectors()
    {
        using var user = feed.Empty();
        var bin = user.At("bin");
        (await user.DotNetAsync("tool", "install", "GitIntent.Arv.any", "--tool-path", bin)).ExitCode.ShouldBe(0);

        await Works(user, arguments =>
        {
            var start = user.Start([Path.Combine(bin, OperatingSystem.IsWindows() ? "dotnet-arv.exe" : "dotnet-arv"), .. arguments]);
            start.Environment["DOTNET_EnableAVX2"] = "0";
            return DotNet.RunAsync(start);
        });
    }

    [Fact]
    public void The_pointer_names_what_was_packed_and_nothing_else()
    {
        var settings = Nupkg.Text(feed.Package("GitIntent.Arv"), static name => name.EndsWith("DotnetToolSettings.xml", StringComparison.Ordinal));

        var named = System.Xml.Linq.XDocument.Parse(settings).Descendants("RuntimeIdentifierPackage").Select(static p => p.Attribute("Id")!.Value).Order(StringComparer.Ordinal);
        named.ShouldBe(Directory.EnumerateFiles(feed.Packages, "GitIntent.Arv.*.nupkg").Select(static f => Path.GetFileName(f).Replace($".{Feed.Version}.nupkg", "", StringComparison.Ordinal))
            .Where(static id => id is not ("GitIntent.Arv" or "GitIntent.Arv.MSBuild")).Order(StringComparer.Ordinal));
        (feed.HasNative || !Program.IsThere("clang")).ShouldBeTrue("a machine with a linker makes the native package");
    }

    private static async Task Works(Sandbox user, Func<string[], Task<DotNet.Result>> arv)
    {
        var version = await arv(["--version"]);
        version.Output.Trim().ShouldBe(Feed.Version);
        user.Write("judged/arv.yml", Templates.Gates).Write("judged/a.cs", "// forbidden words\n");
        var run = await arv(["run-all", "judged"]);
        run.ExitCode.ShouldBe(1, run.Output);
        run.Output.ShouldContain("a.cs:1:4: error WRD001");
        var reliability = await arv(["reliability", "--target", "sqlite:state.db", "--checks", "lock-acquisition"]);
        reliability.ExitCode.ShouldBe(0, reliability.Output);
    }
}
