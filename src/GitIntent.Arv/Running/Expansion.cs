using System.Collections.Frozen;
using System.Collections.Immutable;
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

    public IEnumerable<CheckInstance> Expand(PlannedCheck check, CancellationToken stop) => OfPaths(check, stop).SelectMany(OfParts);

    private static IEnumerable<CheckInstance> OfParts(CheckInstance whole) => whole.Early is not null || whole.Check.Check.Parts.IsEmpty ? [whole]
        : whole.Check.Check.Parts.Select(part => whole with
        {
            Check = whole.Check with { Check = part.Check, Title = part.Title, RunsCommands = part.Check.RunsCommands },
            Instance = whole.Instance is null ? part.Instance : $"{whole.Instance}/{part.Instance}",
        });

    private List<CheckInstance> OfPaths(PlannedCheck check, CancellationToken stop)
    {
        if (check.ForEach is not { } each)
            return [new CheckInstance(check, null, Bindings.None)];
        var (paths, blocked) = Paths(each, check.Ignored, stop);
        // A name that does not fit is one finding of the gate, not one of each of its checks.
        var first = _named.Add((check.Gate, each));
        var instances = new List<CheckInstance>();
        foreach (var path in paths)
        {
            var segment = path[(path.LastIndexOf('/') + 1)..];
            var captures = each.As is null ? FrozenDictionary<string, string>.Empty : each.As.Match(segment);
            if (captures is not null)
                instances.Add(new CheckInstance(check, Instance(paths, path, segment), Bind(path, captures)));
            else if (first)
                instances.Add(new CheckInstance(check, Instance(paths, path, segment), Bind(path, FrozenDictionary<string, string>.Empty)) { Early = Misnamed(check, each, path) });
        }
        // What may be such a path, and could not be looked at, might be what fails.
        if (!blocked.IsEmpty)
            instances.Add(Refused(check, $"for_each: {Verdicts.OutOfReach(blocked)}"));
        if (instances.Count > 0)
            return instances;
        return [Refused(check, paths.IsEmpty
            ? $"for_each: {each.Pattern} matches no {(each.Pattern.EndsWith('/') ? "folder" : "file")}"
            : $"for_each: no name that {each.Pattern} matches fits {each.As!.Text}") with { IsEmpty = paths.IsEmpty }];
    }

    private static CheckInstance Refused(PlannedCheck check, string reason) =>
        new(check, null, Bindings.None) { Early = CheckOutcome.Refused(reason) };

    /// <summary>The last segment, or the whole path where two paths end alike.</summary>
    private static string Instance(ImmutableArray<string> paths, string path, string segment) =>
        paths.Count(other => other.EndsWith("/" + segment, StringComparison.Ordinal) || other == segment) == 1 ? segment : path;

    private (ImmutableArray<string> Paths, ImmutableArray<LeftOut> Blocked) Paths(ForEach each, bool ignored, CancellationToken stop)
    {
        if (each.Pattern.EndsWith('/'))
        {
            var folders = workspace.SelectFolders(each.Pattern, ignored, stop);
            return (folders.Folders, folders.Blocked);
        }
        var files = workspace.Select(new FileQuery(GlobSet.Parse([each.Pattern]), GlobSet.Parse([]), ignored), stop);
        return ([.. files.Files.Select(static f => f.Path)], files.Blocked);
    }

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
