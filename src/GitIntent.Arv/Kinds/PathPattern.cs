using System.Collections.Immutable;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds;

/// <summary>
/// A path in a check's block: without <c>* ? [</c> it is that very path from the root, ignored or not; otherwise a gitignore pattern over
/// the workspace's files, with the check's <c>ignored</c>. What <c>{name}</c> stands for is literal in both.
/// </summary>
internal sealed class PathPattern
{
    private readonly Template _template;

    private PathPattern(Template template, bool patternOnly)
    {
        _template = template;
        IsLiteral = !patternOnly && Raw.IndexOfAny(['*', '?', '[', '\\']) < 0 && !Raw.EndsWith('/');
    }

    public string Raw => _template.Raw;

    /// <summary>Whether it names one path. A slash at the end makes it a pattern for what lies in that folder.</summary>
    public bool IsLiteral { get; }

    /// <summary>Null, with the mistake reported, where the pattern is bad.</summary>
    /// <param name="patternOnly">Without wildcards too it is a gitignore pattern, which matches at any depth.</param>
    public static PathPattern? Read(DocNode node, CheckReading reading, bool patternOnly = false)
    {
        var scalar = (DocScalar)node;
        var pattern = new PathPattern(Template.Parse(scalar, reading.Names), patternOnly);
        var mistake = pattern.Raw.StartsWith('!') ? "a pattern that takes back (!) has nothing to take back here"
            : pattern.IsLiteral ? null
            : GlobSet.Check(pattern.Raw);
        if (mistake is null)
            return pattern;
        reading.Errors.Add(node, $"\"{pattern.Raw}\": {mistake}");
        return null;
    }

    public static ImmutableArray<PathPattern> ReadAll(DocNode? list, CheckReading reading, bool patternOnly = false) =>
        list is DocList { Items: var items } ? [.. items.Select(item => Read(item, reading, patternOnly)).OfType<PathPattern>()] : [];

    /// <summary>The path, or the pattern with its names replaced.</summary>
    public string Expand(Bindings bindings) => IsLiteral ? Normalize(_template.ExpandPath(bindings)) : _template.ExpandGlob(bindings);

    public PathMatches Find(CheckContext context, CancellationToken stop)
    {
        var expanded = Expand(context.Bindings);
        if (!IsLiteral)
        {
            var selection = context.Workspace.Select(new FileQuery(GlobSet.Parse([expanded]), GlobSet.Parse([]), context.Ignored), stop);
            return new PathMatches(expanded, selection.Files, selection.Blocked, IsFolder: false);
        }
        var look = context.Workspace.Look(expanded);
        return new PathMatches(expanded, look.File is null ? [] : [look.File],
            look.State == PathState.Blocked ? [new LeftOut(expanded, look.Reason!)] : [], look.State == PathState.Folder);
    }

    private static string Normalize(string path)
    {
        path = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        return path.StartsWith('/') ? path[1..] : path;
    }
}

/// <param name="Expanded">The path or pattern that was looked for.</param>
/// <param name="IsFolder">Whether a path names a folder.</param>
internal sealed record PathMatches(string Expanded, ImmutableArray<WorkspaceFile> Files, ImmutableArray<LeftOut> Blocked, bool IsFolder);
