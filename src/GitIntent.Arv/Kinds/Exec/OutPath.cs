using System.Buffers;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Exec;

/// <summary>A file of <c>results</c> or <c>json</c>: below <c>{out}</c>, or below the root; a path or a pattern.</summary>
/// <param name="Rest">Without a leading <c>{out}/</c>.</param>
internal sealed record OutPath(string Raw, bool InOut, Template Rest)
{
    private const string Prefix = "{out}/";

    private static readonly SearchValues<char> NotFixed = SearchValues.Create("*?[{\\!");

    public bool IsPattern => Rest.Raw.AsSpan().IndexOfAny("*?[") >= 0;

    public static OutPath Parse(DocScalar scalar, IReadOnlySet<string> names, ConfigErrors errors)
    {
        var inOut = scalar.Text.StartsWith(Prefix, StringComparison.Ordinal);
        var rest = inOut ? scalar.Text[Prefix.Length..] : scalar.Text;
        if (rest.Contains("{out}", StringComparison.Ordinal))
            errors.Add(scalar, "exec: {out} can only be the beginning of a file's path: {out}/results.xml");
        else if (Leads(rest) is { } wrong)
            errors.Add(scalar, $"exec: \"{scalar.Text}\" {wrong}");
        return new OutPath(scalar.Text, inOut, Template.Parse(scalar with { Text = rest }, names));
    }

    /// <summary>The folders before the first wildcard, name or escape: nothing beside them is looked at.</summary>
    private string FixedPart()
    {
        var segments = Rest.Raw.Split('/')[..^1];
        return string.Join('/', segments.TakeWhile(static segment => segment.AsSpan().IndexOfAny(NotFixed) < 0));
    }

    /// <summary>Why a relative path is none that stays in its folder, or null.</summary>
    public static string? Leads(string path) =>
        path.Length == 0 ? "names no file"
        : path[0] == '/' || (path.Length > 1 && path[1] == ':') ? "is an absolute path; paths are relative to the root of the repository"
        : path.Split('/', '\\').Contains("..") ? "leads out of its folder"
        : null;

    /// <summary>The files there are, in ordinal order of path; for a path the one, whether it is there or not.</summary>
    public IReadOnlyList<string> Find(Bindings bindings, string root, string outFolder)
    {
        var folder = InOut ? outFolder : root;
        if (!IsPattern)
            return [Path.Combine(folder, Rest.Expand(bindings))];
        var globs = GlobSet.Parse([Rest.ExpandGlob(bindings)]);
        // Links are not followed, and what git keeps for itself is nobody's result.
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };
        var start = Path.Combine(folder, FixedPart());
        if (!Directory.Exists(start))
            return [];
        return
        [
            .. Directory.EnumerateFiles(start, "*", options)
                .Where(file => Path.GetRelativePath(folder, file).Replace('\\', '/') is var path
                    && !path.StartsWith(".git/", StringComparison.Ordinal) && globs.Matches(path))
                .Order(StringComparer.Ordinal),
        ];
    }
}
