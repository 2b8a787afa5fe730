namespace GitIntent.Arv.Tests.Support;

/// <summary>Runs git, without what the user or the machine has configured.</summary>
internal static class Git
{
    private static readonly string[] Settings =
    [
        "-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", "-c", "core.excludesFile=",
        "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", "-c", "safe.directory=*", "-c", "core.autocrlf=false",
        "-c", "core.fsmonitor=false",
    ];

    public static string In(string folder, params string[] arguments) => Run.Program("git", [.. Settings, .. arguments], folder);

    public static string With(string input, string folder, params string[] arguments) => Run.Program("git", [.. Settings, .. arguments], folder, input);

    /// <summary>A new repository with everything that is there committed.</summary>
    public static void Commit(string folder, params string[] options)
    {
        In(folder, ["init", "-q", .. options]);
        In(folder, "add", "-A");
        In(folder, "commit", "-q", "--allow-empty", "-m", "All");
    }
}
