using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using GitIntent.Arv.Packages.Tests.Support;

namespace GitIntent.Arv.Packages.Tests;

/// <summary>What is in the packages that <c>dotnet pack</c> makes.</summary>
[Collection(Packed.Name)]
[Trait("Category", "Packages")]
public sealed class PackagesAreWhole(Feed feed)
{
    public static TheoryData<string> Ids => ["GitIntent.Arv", "GitIntent.Arv.any", "GitIntent.Arv.MSBuild", "GitIntent.Reliability", "GitIntent.Reliability.Sqlite", "GitIntent.Reliability.Conformance"];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_says_what_it_is(string id)
    {
        var package = feed.Package(id);
        var spec = Nupkg.Spec(package);

        spec.ShouldContain("<license type=\"expression\">MIT</license>");
        spec.ShouldContain("<readme>README.md</readme>");
        spec.ShouldContain("<icon>icon.png</icon>");
        spec.ShouldContain($"<version>{Feed.Version}</version>");
        Nupkg.Files(package).ShouldContain("README.md");
        Nupkg.Files(package).ShouldContain("icon.png");
        if (Directory.Exists(Path.Combine(Feed.Root, ".git")) || File.Exists(Path.Combine(Feed.Root, ".git")))
            spec.ShouldContain(" commit=\"");
    }

    [Fact]
    public void The_engine_is_in_no_package_of_its_own() => File.Exists(feed.Package("GitIntent.Arv.Engine")).ShouldBeFalse();

    [Fact]
    public void The_task_depends_on_nothing_and_reaches_no_consumer()
    {
        var spec = Nupkg.Spec(feed.Package("GitIntent.Arv.MSBuild"));

        spec.ShouldContain("<developmentDependency>true</developmentDependency>");
        spec.ShouldNotContain("<dependency ");
        var files = Nupkg.Files(feed.Package("GitIntent.Arv.MSBuild"));
        files.ShouldNotContain(static f => f.StartsWith("lib/", StringComparison.Ordinal) || f.StartsWith("buildTransitive/", StringComparison.Ordinal));
        files.Where(static f => f.StartsWith("tasks/", StringComparison.Ordinal)).ShouldBe(["tasks/GitIntent.Arv.MSBuild.dll", "tasks/arv.proj"], ignoreOrder: true);
        using var task = new PEReader(new MemoryStream(Nupkg.Bytes(feed.Package("GitIntent.Arv.MSBuild"), "tasks/GitIntent.Arv.MSBuild.dll")));
        var metadata = task.GetMetadataReader();
        metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name)).ShouldBe(["netstandard", "Microsoft.Build.Framework", "Microsoft.Build.Utilities.Core"], ignoreOrder: true);
    }

    [Fact]
    public void The_task_carries_the_tool_of_the_tool_packages()
    {
        var task = Nupkg.Files(feed.Package("GitIntent.Arv.MSBuild"));
        Tools(task, "tools/any/").ShouldBe(Tools(Nupkg.Files(feed.Package("GitIntent.Arv.any")), "tools/net10.0/any/"));
        if (feed.HasNative)
        {
            Tools(task, $"tools/{Feed.Rid}/").ShouldBe(Tools(Nupkg.Files(feed.Package($"GitIntent.Arv.{Feed.Rid}")), $"tools/any/{Feed.Rid}/"));
            Tools(task, $"tools/{Feed.Rid}/").ShouldContain(static f => f.StartsWith("libe_sqlite3.", StringComparison.Ordinal));
        }

        static string[] Tools(IEnumerable<string> files, string folder) =>
            [.. files.Where(f => f.StartsWith(folder, StringComparison.Ordinal)).Select(f => f[folder.Length..]).Where(static f => f != "DotnetToolSettings.xml").Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData("GitIntent.Reliability", "lib/net10.0/GitIntent.Reliability.dll")]
    [InlineData("GitIntent.Reliability.Sqlite", "lib/net10.0/GitIntent.Reliability.Sqlite.dll")]
    [InlineData("GitIntent.Reliability.Conformance", "lib/net10.0/GitIntent.Reliability.Conformance.dll")]
    [InlineData("GitIntent.Arv.any", "tools/net10.0/any/dotnet-arv.dll")]
    [InlineData("GitIntent.Arv.MSBuild", "tasks/GitIntent.Arv.MSBuild.dll")]
    public void Symbols_are_in_each_assembly_and_it_is_deterministic(string id, string assembly)
    {
        using var file = new PEReader(new MemoryStream(Nupkg.Bytes(feed.Package(id), assembly)));
        var kinds = file.ReadDebugDirectory().Select(static d => d.Type).ToList();

        kinds.ShouldContain(DebugDirectoryEntryType.EmbeddedPortablePdb);
        kinds.ShouldContain(DebugDirectoryEntryType.Reproducible);
    }

    /// <summary>A machine that has only a later runtime runs it, too.</summary>
    [Fact]
    public void The_managed_tool_takes_a_later_runtime() =>
        System.Text.Encoding.UTF8.GetString(Nupkg.Bytes(feed.Package("GitIntent.Arv.any"), "tools/net10.0/any/dotnet-arv.runtimeconfig.json")).ShouldContain("\"rollForward\": \"Major\"");

    [Fact]
    public async Task Packed_again_they_are_the_same_bytes()
    {
        using var user = feed.Empty();
        var packed = await DotNet.RunAsync(Feed.Root, feed, ["pack", "src/GitIntent.Reliability.Conformance", "-c", "Release", "-o", user.Folder, "--nologo", "-v", "quiet"], forRepository: true);
        packed.ExitCode.ShouldBe(0, packed.Output);

        foreach (var file in Directory.EnumerateFiles(user.Folder))
            File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(feed.Packages, Path.GetFileName(file)))).ShouldBeTrue(Path.GetFileName(file));
    }
}
