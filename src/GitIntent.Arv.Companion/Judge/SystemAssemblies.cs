using System.Runtime.InteropServices;

namespace GitIntent.Arv.Companion.Judge;

/// <summary>The assemblies of .NET itself, and of ASP.NET Core where it is installed beside: a subject may be part of a web application.</summary>
internal sealed class SystemAssemblies
{
    private readonly Dictionary<string, string> _trusted = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Where(static path => !path.StartsWith(AppContext.BaseDirectory, StringComparison.OrdinalIgnoreCase))
        .GroupBy(static path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(static group => group.Key, static group => group.First(), StringComparer.OrdinalIgnoreCase);

    private readonly string? _aspNet = NewestAspNet();

    public string? Trusted(string name) => _trusted.GetValueOrDefault(name);

    public string? AspNet(string name)
    {
        var path = _aspNet is null ? null : Path.Combine(_aspNet, name + ".dll");
        return File.Exists(path) ? path : null;
    }

    /// <summary>The newest of the runtime's own major version.</summary>
    private static string? NewestAspNet()
    {
        var shared = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "Microsoft.AspNetCore.App"));
        return !Directory.Exists(shared) ? null : Directory.GetDirectories(shared)
            .Select(static folder => (folder, version: Version.TryParse(Path.GetFileName(folder), out var v) ? v : new Version()))
            .Where(static entry => entry.version.Major == Environment.Version.Major)
            .OrderByDescending(static entry => entry.version).Select(static entry => entry.folder).FirstOrDefault();
    }
}
