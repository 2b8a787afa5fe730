namespace GitIntent.Arv.Tree.Git;

/// <summary>What of a git repository can be read without git: where it is, its index, its commit.</summary>
internal sealed class GitRepository
{
    private GitRepository(string top, string gitFolder)
    {
        Top = top;
        GitFolder = gitFolder;
        var common = Path.Combine(gitFolder, "commondir");
        CommonFolder = File.Exists(common) ? Path.GetFullPath(File.ReadAllText(common).Trim(), gitFolder) : gitFolder;
    }

    /// <summary>The folder of the checked-out files.</summary>
    public string Top { get; }

    /// <summary>Where the index and HEAD are: of a worktree its own folder.</summary>
    public string GitFolder { get; }

    /// <summary>Where refs and the configuration are: of a worktree the main repository's.</summary>
    public string CommonFolder { get; }

    /// <summary>The repository that holds this folder, or null.</summary>
    public static GitRepository? Discover(string folder)
    {
        for (var top = Path.GetFullPath(folder); top is not null; top = Path.GetDirectoryName(top))
        {
            if (FolderOf(Path.Combine(top, ".git")) is { } git)
                return new GitRepository(top, git);
        }
        return null;
    }

    /// <summary>The git folder that a <c>.git</c> is or points at; null where it is neither.</summary>
    public static string? FolderOf(string dotGit)
    {
        const string pointer = "gitdir: ";
        if (new FileInfo(dotGit) is { Exists: true, Length: > 8 and < 65_536 } && File.ReadAllText(dotGit) is var text && text.StartsWith(pointer, StringComparison.Ordinal))
            dotGit = Path.GetFullPath(text[pointer.Length..].TrimEnd('\r', '\n'), Path.GetDirectoryName(dotGit)!);
        return File.Exists(Path.Combine(dotGit, "HEAD")) ? dotGit : null;
    }

    /// <summary>Everything that git tracks, relative to the top.</summary>
    /// <exception cref="InvalidDataException">The index is damaged, or of a kind that is not known.</exception>
    public List<GitIndexEntry> ReadIndex()
    {
        var index = Path.Combine(GitFolder, "index");
        return File.Exists(index) ? GitIndexReader.Read(index, GitFolder, UsesSha256() ? 32 : 20) : [];
    }

    /// <summary>The commit that HEAD is at; null where there is none yet, or where refs are kept in a way that this does not read (reftable).</summary>
    public string? HeadCommit()
    {
        var value = Read(Path.Combine(GitFolder, "HEAD"));
        // Git itself follows at most five names.
        for (var i = 0; i < 5 && value is not null && value.StartsWith("ref: ", StringComparison.Ordinal); i++)
        {
            var name = value[5..].Trim();
            if (name.Split('/').Contains("..") || Path.IsPathRooted(name))
                return null;
            value = Read(Path.Combine(GitFolder, name)) ?? Read(Path.Combine(CommonFolder, name)) ?? Packed(name);
        }
        return value is { Length: 40 or 64 } && value.All(char.IsAsciiHexDigitLower) ? value : null;
    }

    private string? Packed(string name) =>
        Read(Path.Combine(CommonFolder, "packed-refs"))?.Split('\n')
            .Where(line => line.EndsWith(' ' + name, StringComparison.Ordinal))
            .Select(line => line[..line.IndexOf(' ', StringComparison.Ordinal)])
            .FirstOrDefault();

    private bool UsesSha256()
    {
        var section = "";
        foreach (var line in (Read(Path.Combine(CommonFolder, "config")) ?? "").Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith('['))
                section = line;
            var setting = section.StartsWith("[extensions]", StringComparison.OrdinalIgnoreCase) ? line.Split('=', StringSplitOptions.TrimEntries) : [];
            if (setting is [var key, var value] && key.Equals("objectformat", StringComparison.OrdinalIgnoreCase))
                return value.Equals("sha256", StringComparison.OrdinalIgnoreCase);
        }
        return false;
    }

    private static string? Read(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : null;
}
