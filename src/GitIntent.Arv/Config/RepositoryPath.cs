namespace GitIntent.Arv.Config;

/// <summary>Paths as the configuration writes them: relative to the root, with <c>/</c>.</summary>
internal static class RepositoryPath
{
    /// <summary>Whether the path names something below the root: not absolute, no <c>..</c>, no empty or <c>.</c> segment, no backslash, no NUL.</summary>
    public static bool IsInside(string path)
    {
        if (path.Length == 0 || path.Contains('\\') || path.Contains('\0') || (path.Length > 1 && path[1] == ':'))
            return false;
        var trimmed = path.EndsWith('/') ? path[..^1] : path;
        return trimmed.Split('/').All(static segment => segment is not ("" or "." or ".."));
    }
}
