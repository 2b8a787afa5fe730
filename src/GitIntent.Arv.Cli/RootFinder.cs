using GitIntent.Arv.Model;

namespace GitIntent.Arv.Cli;

/// <summary>Which folder is judged.</summary>
internal static class RootFinder
{
    public const string ConfigName = "arv.yml";

    /// <summary>What was named; else the nearest folder upward with an <c>arv.yml</c>, else git's top level, else the current folder.</summary>
    public static string Find(string? named, string currentDirectory)
    {
        if (named is not null)
        {
            var path = Path.GetFullPath(named, currentDirectory);
            return Directory.Exists(path) ? path
                : throw new CliException(ExitCodes.NotFound, $"error: \"{named}\" is no folder; expected the root of a repository");
        }
        return Upward(currentDirectory, static folder => File.Exists(Path.Combine(folder, ConfigName)))
            ?? TopLevel(currentDirectory)
            ?? currentDirectory;
    }

    /// <summary>Git's top level; null outside git.</summary>
    public static string? TopLevel(string folder) => Upward(folder, static folder => Path.Exists(Path.Combine(folder, ".git")));

    private static string? Upward(string from, Func<string, bool> holds)
    {
        for (var folder = from; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (holds(folder))
                return folder;
        }
        return null;
    }
}
