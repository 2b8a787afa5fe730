using System.Reflection;
using System.Runtime.CompilerServices;
using GitIntent.Reliability.Conformance;
using GitIntent.Reliability.Sqlite;
using PublicApiGenerator;

namespace GitIntent.Reliability.Tests.PublicApi;

public class PublicApiTests
{
    [Fact]
    public void The_library_offers_what_was_approved() => Approve(typeof(RunLockManager).Assembly);

    [Fact]
    public void The_SQLite_package_offers_what_was_approved() => Approve(typeof(SqliteStore).Assembly);

    [Fact]
    public void The_conformance_kit_offers_what_was_approved() => Approve(typeof(ConformanceSuite).Assembly);

    /// <summary>To approve a change, copy the .received.txt that the failing test writes over the .approved.txt, and look at the diff.</summary>
    private static void Approve(Assembly assembly, [CallerFilePath] string here = "")
    {
        var name = Path.Combine(Path.GetDirectoryName(here)!, assembly.GetName().Name!);
        var api = assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n") + "\n";
        var approved = File.Exists(name + ".approved.txt") ? File.ReadAllText(name + ".approved.txt") : "";
        if (api != approved)
            File.WriteAllText(name + ".received.txt", api);
        else
            File.Delete(name + ".received.txt");
        api.ShouldBe(approved);
    }
}
