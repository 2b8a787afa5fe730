using System.Reflection.PortableExecutable;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Kinds.Reliability;

/// <summary>What is no assembly with subjects, or not one for here, is refused with the reason.</summary>
public sealed class BadAssemblies : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task A_missing_file() => Refused("gone.dll", "there is no such file; build it before");

    [Fact]
    public Task A_folder()
    {
        Directory.CreateDirectory(_folder.At("bin"));
        return Refused("bin", "it is a folder; expected a .NET assembly");
    }

    [Fact]
    public Task A_file_of_another_kind()
    {
        _folder.Write("My.dll", "text, and no library\n");
        return Refused("My.dll", "it is no .NET assembly");
    }

    [LinuxFact]
    public Task A_native_library()
    {
        File.Copy(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "libcoreclr.so"), _folder.At("native.so"));
        return Refused("native.so", "it is no .NET assembly");
    }

    [Fact]
    public Task A_native_library_of_Windows()
    {
        var bytes = File.ReadAllBytes(Subjects.Twins);
        using var image = new PEReader(new MemoryStream(bytes));
        // Without the directory entry of the .NET header (the fifteenth of eight bytes each) it is a plain library.
        var optional = image.PEHeaders.PEHeaderStartOffset;
        bytes.AsSpan(optional + (image.PEHeaders.PEHeader!.Magic == PEMagic.PE32 ? 96 : 112) + 14 * 8, 8).Clear();
        _folder.Write("Native.dll", bytes);
        return Refused("Native.dll", "it is a native library, and no .NET assembly");
    }

    [Fact]
    public Task One_for_another_runtime() => Refused(Subjects.Framework, "it is built for .NET Framework 4.7.2; build it for net");

    [Fact]
    public Task One_for_another_processor()
    {
        var other = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? Machine.Amd64 : Machine.Arm64;
        _folder.Write("My.dll", Subjects.ForMachine(other, Subjects.Twins));
        return Refused("My.dll", $"it is built for {other} processors, and this process is ");
    }

    [Fact]
    public Task One_built_against_another_major_version_of_the_contract()
    {
        _folder.Write("My.dll", Subjects.AskingFor(9, "GitIntent.Reliability.Conformance", Subjects.Twins));
        return Refused("My.dll", "it was built against version 9.1.0 of GitIntent.Reliability.Conformance, and this command has 0.1.0: another major version is another contract");
    }

    [Fact]
    public Task One_without_a_public_subject() => Refused(typeof(Xunit.FactAttribute).Assembly.Location, "it has no public subject: a public class that derives from GitIntent.Reliability.Conformance.ConformanceSubject");

    [Fact]
    public Task Two_subjects_of_one_name() => Refused(Subjects.Twins, "GitIntent.Subjects.Twins.First and GitIntent.Subjects.Twins.Second have one name, \"twin\"");

    [Fact]
    public async Task A_missing_dependency_is_named()
    {
        File.Copy(Subjects.Conflicting, _folder.At("My.dll"));
        var run = await Tool.RunAsync(_folder.Path, AssemblyTargets.WithEnvironment, "reliability", "--target", "assembly:My.dll");
        run.ExitCode.ShouldBe(1, run.Error);
        run.Out.ShouldContain("its constructor throws FileNotFoundException: Could not load file or assembly 'System.Text.Json, Version=11.0.0.0");
    }

    [Fact]
    public async Task A_configuration_may_not_lead_out_of_its_repository()
    {
        _folder.Write("repository/arv.yml", $"version: 1\ngates: {{ r: {{ checks: {{ a: {{ reliability: {{ targets: [\"assembly:{Subjects.Twins}\"] }} }}, b: {{ reliability: {{ targets: [\"sqlite:../a.db\"], checks: [error-types] }} }}, c: {{ reliability: {{ targets: [\"assembly:link/My.dll\"] }} }} }} }} }}\n");
        _folder.Write("outside/My.dll").Link("repository/link", "../outside");
        var run = await Tool.RunAsync(_folder.At("repository"), AssemblyTargets.WithEnvironment, "run-all");
        run.ExitCode.ShouldBe(3, run.Out + run.Error);
        foreach (var check in new[] { $"refused a: assembly:{Subjects.Twins}", "refused b/error-types: sqlite:../a.db", "refused c: assembly:link/My.dll" })
            run.Out.ShouldContain($"{check}: it leads out of the repository; a configuration may name only what is inside");
    }

    private async Task Refused(string path, string reason)
    {
        var run = await Tool.RunAsync(_folder.Path, AssemblyTargets.WithEnvironment, "reliability", "--target", $"assembly:{path}");
        run.ExitCode.ShouldBe(3, run.Out + run.Error);
        run.Out.ShouldContain($"assembly:{path}: {reason}");
    }
}
