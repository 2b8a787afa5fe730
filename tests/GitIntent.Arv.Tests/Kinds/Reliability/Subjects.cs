using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace GitIntent.Arv.Tests.Kinds.Reliability;

/// <summary>The assemblies of <c>tests/Subjects</c>, as they were built.</summary>
internal static class Subjects
{
    public static string Hostile => Built("Hostile");

    public static string Twins => Built("Twins");

    public static string Conflicting => Built("Conflicting");

    public static string Durable => Built("Durable");

    public static string Framework => Built("Framework", "net472");

    public static string Sample
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(Tests(output), "..", "docs", "samples", "GitIntent.Reliability.Samples.FirstSubject", "bin", output.Parent!.Name, output.Name, "My.Locks.dll");
        }
    }

    private static string Tests(DirectoryInfo output) => output.Parent!.Parent!.Parent!.Parent!.FullName; // …/tests/GitIntent.Arv.Tests/bin/Debug/net10.0

    private static string Built(string name, string? framework = null)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(Tests(output), "Subjects", name, "bin", output.Parent!.Name, framework ?? output.Name, $"GitIntent.Subjects.{name}.dll");
        File.Exists(path).ShouldBeTrue(path);
        return path;
    }

    /// <summary>The same assembly, asking for another major version of what it refers to.</summary>
    public static byte[] AskingFor(int major, string reference, string assembly)
    {
        var bytes = File.ReadAllBytes(assembly);
        using var image = new PEReader(new MemoryStream(bytes));
        var metadata = image.GetMetadataReader();
        var row = metadata.AssemblyReferences.Select(static (handle, index) => (handle, index)).Single(r => metadata.GetString(metadata.GetAssemblyReference(r.handle).Name) == reference).index;
        // The first column of a reference is its major version, of two bytes: ECMA-335, II.22.5.
        var at = image.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef) + row * metadata.GetTableRowSize(TableIndex.AssemblyRef);
        BitConverter.TryWriteBytes(bytes.AsSpan(at), (ushort)major).ShouldBeTrue();
        return bytes;
    }

    /// <summary>The same assembly, for another processor.</summary>
    public static byte[] ForMachine(Machine machine, string assembly)
    {
        var bytes = File.ReadAllBytes(assembly);
        using var image = new PEReader(new MemoryStream(bytes));
        BitConverter.TryWriteBytes(bytes.AsSpan(image.PEHeaders.CoffHeaderStartOffset), (ushort)machine).ShouldBeTrue();
        return bytes;
    }
}
