using System.Runtime.InteropServices;

namespace GitIntent.Arv.MSBuild;

/// <summary>The program to start.</summary>
/// <param name="Path">The native tool, or the dotnet command.</param>
/// <param name="Assembly">The managed tool, where <paramref name="Path"/> is the dotnet command.</param>
internal sealed record ToolLocation(string Path, string? Assembly)
{
    private static readonly string Extension = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? ".exe" : "";

    public string Name => System.IO.Path.GetFileName(Path);

    /// <param name="tools">The folder with a folder for each system.</param>
    /// <param name="native"><c>false</c>: not the native one.</param>
    /// <param name="dotNetHost">The dotnet command of the build; empty where the build is not of one.</param>
    public static ToolLocation Find(string tools, string native, string dotNetHost)
    {
        var path = System.IO.Path.Combine(tools, RuntimeIdentifier(), "dotnet-arv" + Extension);
        return !string.Equals(native, "false", StringComparison.OrdinalIgnoreCase) && File.Exists(path) ? new ToolLocation(path, null) : Managed(tools, dotNetHost);
    }

    public static ToolLocation Managed(string tools, string dotNetHost) =>
        new(dotNetHost.Length > 0 ? dotNetHost : "dotnet" + Extension, System.IO.Path.Combine(tools, "any", "dotnet-arv.dll"));

    /// <summary>The runtime identifier of the machine. A Linux with another libc finds out when the program does not start.</summary>
    private static string RuntimeIdentifier() =>
        (RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "win" : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "osx" : "linux")
        + "-" + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
}
