namespace GitIntent.Arv.Processes;

/// <summary>What there is under a tool's name: its path, or why it cannot be run.</summary>
internal readonly record struct Tool(string? Path, string? Fault);

/// <summary>
/// Finds the executable that a command names, so that "it is not there" can be told from "it failed". Relative entries of PATH are passed over:
/// with them a repository could put its own <c>git</c> before the system's.
/// </summary>
internal static class ToolLookup
{
    public static Tool Find(string name, string workingFolder, string? path, string? extensions = null)
    {
        if (name.Length == 0)
            return new Tool(null, "the command's name is empty");
        if (name.Contains('/', StringComparison.Ordinal) || (OperatingSystem.IsWindows() && name.Contains('\\', StringComparison.Ordinal)))
            return At(Path.Combine(workingFolder, name), name, extensions) ?? new Tool(null, $"\"{name}\" is not there (seen from {Folder(workingFolder)})");

        Tool? unfit = null;
        foreach (var folder in (path ?? "").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified))
        {
            var tool = At(Path.Combine(folder, name), name, extensions);
            if (tool is { Path: not null })
                return tool.Value;
            unfit ??= tool;
        }
        return unfit ?? new Tool(null, $"\"{name}\" is not in PATH");
    }

    private static string Folder(string workingFolder) => Path.GetFileName(workingFolder) is { Length: > 0 } last ? last : workingFolder;

    private static Tool? At(string path, string name, string? extensions)
    {
        if (Directory.Exists(path))
            return new Tool(null, $"\"{name}\" is a folder");
        if (!OperatingSystem.IsWindows())
        {
            if (!File.Exists(path))
                return null;
            return IsExecutable(path) ? new Tool(Path.GetFullPath(path), null) : new Tool(null, $"\"{name}\" is not executable; chmod +x would make it so");
        }
        foreach (var extension in (extensions ?? ".COM;.EXE;.BAT;.CMD").Split(';').Prepend(""))
        {
            if (File.Exists(path + extension) && (extension.Length > 0 || Path.HasExtension(path)))
                return new Tool(Path.GetFullPath(path + extension), null);
        }
        return null;
    }

    private static bool IsExecutable(string path)
    {
        const UnixFileMode Any = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Any) != 0;
    }
}
