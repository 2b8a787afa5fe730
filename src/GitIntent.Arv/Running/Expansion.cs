using System.Collections.Frozen;
using System.Collections.Immutable;
using GitIntent.Arv.Config;
using GitIntent.Arv.Model;
using GitIntent.Arv.Planning;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Running;

/// <summary>Makes a check of each path that its <c>for_each</c> matches.</summary>
internal sealed class Expansion(Workspace workspace)
{
    /// <summary>The code of a path that <c>for_each</c> matches and whose name does not fit.</summary>
    public const string NameCode = "ARV0101";

    private readonly HashSet<(string Gate, ForEach ForEach)> _named = [];

    public IEnumerable<CheckInstance> Expand(PlannedCheck check)
    {
        if (check.ForEach is not { } each)
        {
            yield return new CheckInstance(check, null, Bindings.None);
            yield break;
        }
        var (paths, hidden) = Paths(each);
        // Something stands where a path of its own could be: a check that knew nothing of it would pass.
        foreach (var obstacle in hidden)
            yield return new CheckInstance(check, obstacle.Path, Bindings.None) { Early = CheckOutcome.Refused(Verdicts.OutOfReach([obstacle]), new Evidence([], 0, [obstacle])) };
        if (paths.Count == 0)
        {
            if (!hidden.IsEmpty)
                yield break;
            yield return new CheckInstance(check, null, Bindings.None)
            {
                Early = CheckOutcome.Refused($"for_each: {each.Pattern} matches no {(each.Pattern.EndsWith('/') ? "folder" : "file")}"),
            };
            yield break;
        }
        // A name that does not fit is one finding of the gate, not one of each of its checks.
        var first = _named.Add((check.Gate, each));
        foreach (var path in paths)
        {
            var segment = path[(path.LastIndexOf('/') + 1)..];
            var captures = each.As is null ? FrozenDictionary<string, string>.Empty : each.As.Match(segment);
            if (captures is not null)
                yield return new CheckInstance(check, Instance(paths, path, segment), Bind(path, captures));
            else if (first)
                yield return new CheckInstance(check, Instance(paths, path, segment), Bindings.None) { Early = Misnamed(check, each, path) };
        }
    }

    /// <summary>The last segment, or the whole path where two paths end alike.</summary>
    private static string Instance(IReadOnlyList<string> paths, string path, string segment) =>
        paths.Count(other => other.EndsWith("/" + segment, StringComparison.Ordinal) || other == segment) == 1 ? segment : path;

    /// <summary>The paths of the pattern, links to files and folders too; and what cannot be looked at and lies in none of them.</summary>
    private (List<string> Paths, ImmutableArray<LeftOut> Hidden) Paths(ForEach each)
    {
        var globs = GlobSet.Parse([each.Pattern]);
        var selection = Select(globs);
        var paths = each.Pattern.EndsWith('/') ? Folders(globs) : [.. selection.Files.Select(static f => f.Path)];
        var known = paths.ToFrozenSet(StringComparer.Ordinal);
        // A dangling link is no folder, and might be one as soon as its target is there.
        var dangling = Select(GlobSet.Parse([each.Pattern.TrimEnd('/')])).Blocked.Where(static b => b.Reason == LeftOutReasons.DanglingLink);
        return (paths, [.. selection.Blocked.Concat(dangling).Distinct().Where(b => !Upward(b.Path).Any(known.Contains)).OrderBy(static b => b.Path, StringComparer.Ordinal)]);
    }

    private Selection Select(GlobSet globs) => workspace.Select(new FileQuery(globs, GlobSet.Parse([]), Ignored: false), CancellationToken.None);

    private List<string> Folders(GlobSet globs)
    {
        bool Names(string folder) => globs.LastMatchOfFolder(folder) >= 0;
        // A folder matches when the pattern itself names it, not because it lies in a folder that the pattern names.
        return [.. workspace.Folders.Concat(workspace.FolderLinks).Where(folder => Names(folder) && !Names(Parent(folder))).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Upward(string path)
    {
        for (; path.Length > 0; path = Parent(path))
            yield return path;
    }

    private static string Parent(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";

    private static Bindings Bind(string path, IReadOnlyDictionary<string, string> captures) =>
        new(captures.Append(KeyValuePair.Create("path", path)).ToFrozenDictionary(StringComparer.Ordinal));

    private static CheckOutcome Misnamed(PlannedCheck check, ForEach each, string path) => new(
        [
            new Finding
            {
                Rule = check.Settings.Rule ?? NameCode,
                Severity = Severity.Error,
                Message = $"The name does not fit {each.As!.Text}, so that nothing of it could be checked",
                Remedy = "Rename it, or move it out of where checked things lie.",
                Path = path,
            },
        ],
        new Evidence([path], 1, []));
}
