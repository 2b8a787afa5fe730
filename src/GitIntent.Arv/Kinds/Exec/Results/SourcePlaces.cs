using System.Globalization;
using System.Text.RegularExpressions;

namespace GitIntent.Arv.Kinds.Exec.Results;

/// <summary>Finds the place of a failed test in the repository: what its file says, else the first line of its trace that is there.</summary>
/// <param name="roots">Names of the root: with links resolved, and as it was given.</param>
/// <param name="folder">Where the command ran: what relative paths are relative to, before the root.</param>
internal sealed class SourcePlaces(IReadOnlyList<string> roots, string folder)
{
    // ".NET": in PATH:line 12 · "Python": File "PATH", line 12 · most others: PATH:12 or PATH(12
    private static readonly Lazy<Regex> Places = new(static () => new Regex(
        """
        (?: in (?<path>[^\r\n]{1,250}?):line |File "(?<path>[^"\r\n]{1,250})", line |(?<path>(?:file://|\b[A-Za-z]:)?[^\s"'():,*?<>|]{1,250}\.[A-Za-z0-9]{1,8})[:(])(?<line>[0-9]{1,7})
        """,
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));

    public (string Path, int Line)? Find(FailedTest test)
    {
        var named = test.Files.Select(Resolve).FirstOrDefault(static path => path is not null);
        if (named is not null && test.Line is { } line)
            return (named, Math.Max(1, line));
        foreach (Match match in Places.Value.Matches(test.Message + "\n" + test.Trace))
        {
            var path = Resolve(match.Groups["path"].Value);
            if (path is not null && (named is null || path == named))
                return (path, Math.Max(1, int.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture)));
        }
        return named is null ? null : (named, 1);
    }

    private string? Resolve(string written)
    {
        var path = written.StartsWith("file://", StringComparison.Ordinal) ? written["file://".Length..] : written;
        // What a deterministic .NET build writes for the root of its sources.
        path = path.StartsWith("/_/", StringComparison.Ordinal) ? path["/_/".Length..] : path;
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
            return null;
        IEnumerable<string> candidates = Path.IsPathFullyQualified(path) ? [path] : [Path.Combine(folder, path), .. roots.Select(root => Path.Combine(root, path))];
        return candidates.Select(Path.GetFullPath).Select(Below).FirstOrDefault(static inside => inside is not null);
    }

    private string? Below(string full)
    {
        foreach (var root in roots)
        {
            var relative = Path.GetRelativePath(root, full).Replace('\\', '/');
            var isInside = relative != "." && relative != ".." && !relative.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(relative);
            // A frame of the test runner is no place of the test.
            if (isInside && !$"/{relative}".Contains("/node_modules/", StringComparison.Ordinal) && File.Exists(full))
                return relative;
        }
        return null;
    }
}
