namespace GitIntent.Arv.MSBuild;

/// <summary>Which folder the gates judge: the same for all projects of a build.</summary>
internal static class RepositoryRoot
{
    public const string ConfigName = "arv.yml";

    /// <summary>
    /// What was named; else as the command finds it: the nearest folder upward with an <c>arv.yml</c>, else git's top level. Where there is neither:
    /// the folder of the central package versions, which are one file for all, else of the solution, else of the project.
    /// </summary>
    public static string Find(string? named, string projectDirectory, string? packagesProps, string? solutionDirectory)
    {
        var root = Given(named) is { } given ? Path.Combine(projectDirectory, given)
            : Upward(projectDirectory, static folder => File.Exists(Path.Combine(folder, ConfigName)))
            ?? Upward(projectDirectory, static folder => Path.Combine(folder, ".git") is var git && (File.Exists(git) || Directory.Exists(git)))
            ?? Path.GetDirectoryName(Given(packagesProps))
            ?? Given(solutionDirectory)
            ?? projectDirectory;
        var full = Path.GetFullPath(root);
        var trimmed = full.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        return trimmed.Length < Path.GetPathRoot(full)!.Length ? full : trimmed;
    }

    /// <summary>Outside a solution, MSBuild's property of its folder says <c>*Undefined*</c>.</summary>
    private static string? Given(string? value) => value is { Length: > 0 } && value[0] != '*' ? value : null;

    private static string? Upward(string from, Func<string, bool> holds)
    {
        for (var folder = from; folder is { Length: > 0 }; folder = Path.GetDirectoryName(folder))
        {
            if (holds(folder))
                return folder;
        }
        return null;
    }
}
