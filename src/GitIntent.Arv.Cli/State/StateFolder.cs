namespace GitIntent.Arv.Cli.State;

/// <summary>The tool's own folder in a repository, which ignores itself in git.</summary>
internal static class StateFolder
{
    public const string Name = ".arv";

    /// <returns>The folder, made where it was not there; or null, with the reason, where it cannot be written.</returns>
    public static string? Open(string root, out string? reason)
    {
        var folder = Path.Combine(root, Name);
        try
        {
            // A link here could lead anywhere.
            if (new DirectoryInfo(folder).LinkTarget is not null)
            {
                reason = "it is a link";
                return null;
            }
            Directory.CreateDirectory(folder);
            var ignore = Path.Combine(folder, ".gitignore");
            if (!File.Exists(ignore))
                File.WriteAllText(ignore, "*\n");
            reason = null;
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = e.Message;
            return null;
        }
    }
}
