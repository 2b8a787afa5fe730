using GitIntent.Arv.Processes;

namespace GitIntent.Arv.Companion;

/// <summary>Finds the <c>dotnet</c> that runs managed code for a native command.</summary>
internal static class DotnetHost
{
    private static readonly string Name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    /// <param name="environment">What decides: DOTNET_HOST_PATH (the SDK's own, set for what it starts), DOTNET_ROOT, PATH.</param>
    /// <param name="usual">The folders in which installers put it, tried last.</param>
    public static Tool Find(IReadOnlyDictionary<string, string> environment, IEnumerable<string>? usual = null)
    {
        List<string> tried = [];
        if (Variable("DOTNET_HOST_PATH") is { } host)
            tried.Add(host);
        if (Variable("DOTNET_ROOT") is { } root)
            tried.Add(Path.Combine(root, Name));
        foreach (var path in tried.Where(Path.IsPathFullyQualified))
        {
            if (ToolLookup.Find(path, Path.GetPathRoot(path)!, null) is { Path: not null } named)
                return named;
        }
        if (ToolLookup.Find("dotnet", Path.GetPathRoot(Path.GetTempPath())!, Variable("PATH"), Variable("PATHEXT")) is { Path: not null } found)
            return found;
        foreach (var folder in usual ?? UsualFolders(Variable("ProgramFiles")))
        {
            if (ToolLookup.Find(Path.Combine(folder, Name), folder, null) is { Path: not null } installed)
                return installed;
        }
        return new Tool(null, "there is no dotnet: neither DOTNET_HOST_PATH nor DOTNET_ROOT nor PATH leads to one; install .NET 10, or name its folder in DOTNET_ROOT");

        string? Variable(string name) => environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
    }

    /// <summary>As the apphost of .NET looks it up: the registered place, then the default one.</summary>
    private static IEnumerable<string> UsualFolders(string? programFiles)
    {
        if (OperatingSystem.IsWindows())
            return programFiles is null ? [] : [Path.Combine(programFiles, "dotnet")];
        return [.. Registered(), OperatingSystem.IsMacOS() ? "/usr/local/share/dotnet" : "/usr/share/dotnet", "/usr/lib/dotnet"];
    }

    private static string[] Registered()
    {
        try
        {
            return [File.ReadLines("/etc/dotnet/install_location").First().Trim()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return [];
        }
    }
}
