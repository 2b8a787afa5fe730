using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace GitIntent.Arv.Companion.Judge;

/// <summary>Looks at a file before it is loaded: the loader's own words for these are about bytes.</summary>
internal static class AssemblyForm
{
    /// <returns>Why it cannot be loaded; null where there is no reason to be seen.</returns>
    public static string? Obstacle(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var image = new PEReader(file);
            if (!image.HasMetadata)
                return "it is a native library, and no .NET assembly";
            var metadata = image.GetMetadataReader();
            if (!metadata.IsAssembly)
                return "it is a module, and no .NET assembly";
            return WrongRuntime(metadata) ?? WrongProcessor(image.PEHeaders) ?? WrongContract(metadata);
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException)
        {
            return "it is no .NET assembly";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"it cannot be read: {e.Message}";
        }
    }

    private static string? WrongRuntime(MetadataReader metadata)
    {
        if (TargetFramework(metadata) is not { } framework)
            return null;
        var parts = framework.Split(",Version=v");
        if (parts[0] == ".NETFramework")
            return $"it is built for .NET Framework {parts[^1]}; build it for net{Environment.Version.Major}.0 or earlier .NET";
        return parts[0] == ".NETCoreApp" && Version.TryParse(parts[^1], out var version) && version.Major > Environment.Version.Major
            ? $"it is built for .NET {version}, and this is {RuntimeInformation.FrameworkDescription}; install that runtime"
            : null;
    }

    private static string? WrongProcessor(PEHeaders headers)
    {
        var flags = headers.CorHeader!.Flags;
        var only32 = flags.HasFlag(CorFlags.Requires32Bit) && !flags.HasFlag(CorFlags.Prefers32Bit);
        var machine = headers.CoffHeader.Machine;
        var fits = (machine, RuntimeInformation.ProcessArchitecture) switch
        {
            (Machine.I386, Architecture.X86) => true,
            (Machine.I386, _) => !only32, // any processor
            (Machine.Amd64, Architecture.X64) => true,
            (Machine.Arm64, Architecture.Arm64) => true,
            (Machine.Amd64 or Machine.Arm64 or Machine.Arm or Machine.ArmThumb2, _) => false,
            _ => true, // compiled ahead for some system, whose code is used where it fits: the machine is marked with the system
        };
        return fits ? null : $"it is built for {(machine == Machine.I386 ? "x86" : machine.ToString())} processors, and this process is {RuntimeInformation.ProcessArchitecture}; build it for AnyCPU";
    }

    private static string? WrongContract(MetadataReader metadata) => metadata.AssemblyReferences
        .Select(metadata.GetAssemblyReference).Select(reference => Contract.Obstacle(metadata.GetString(reference.Name), reference.Version))
        .FirstOrDefault(static obstacle => obstacle is not null);

    private static string? TargetFramework(MetadataReader metadata)
    {
        foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind != HandleKind.MemberReference)
                continue;
            var type = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
            if (type.Kind != HandleKind.TypeReference || metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name) != "TargetFrameworkAttribute")
                continue;
            var value = metadata.GetBlobReader(attribute.Value);
            value.ReadUInt16(); // the prolog of every attribute: ECMA-335, II.23.3
            return value.ReadSerializedString();
        }
        return null;
    }
}
