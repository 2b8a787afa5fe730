using System.Collections.Frozen;
using GitIntent.Arv.Config;
using GitIntent.Arv.Model;
using GitIntent.Arv.Planning;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Running;

/// <summary>Makes a check of each path that its <c>for_each</c> matches, and of each part that its kind divides it into.</summary>
internal sealed class Expansion(Workspace workspace)
{
    /// <summary>The code of a path that <c>for_each</c> matches and whose name does not fit.</summary>
    public const string NameCode = "ARV0101";

    private readonly HashSet<(string Gate, ForEach ForEach)> _named = [];

    public IEnumerable<CheckInstance> Expand(PlannedCheck check) => Paths(check).SelectMany(Parts);

    private static IEnumerable<CheckInstance> Parts(CheckInstance whole) => whole.Early is not null || whole.Check.Check.Parts.IsEmpty ? [whole]
        : whole.Check.Check.Parts.Select(part => whole with
        {
            Check = whole.Check with { Check = part.Check, Title = part.Title },
            Instance = whole.Instance is null ? part.Instance : $"{whole.Instance}/{part.Instance}",
        });

    private IEnumerable<CheckInstance> Paths(PlannedCheck check)
    {
        if (check.ForEach is not { } each)
        {
            yield return new CheckInstance(check, null, Bindings.None);
            yield break;
        }
        var paths = Paths(each);
        if (paths.Count == 0)
        {
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

    private List<string> Paths(ForEach each)
    {
        var globs = GlobSet.Parse([each.Pattern]);
        if (!each.Pattern.EndsWith('/'))
            return [.. workspace.Files.Where(f => globs.Matches(f.Path)).Select(static f => f.Path)];
        bool Names(string folder) => globs.LastMatchOfFolder(folder) >= 0;
        // A folder matches when the pattern itself names it, not because it lies in a folder that the pattern names.
        return [.. workspace.Folders.Where(folder => Names(folder) && !Names(Parent(folder)))];
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
