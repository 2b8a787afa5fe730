using System.Collections.Immutable;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Files;

internal sealed class FilesCheck(FilesRules rules, FindingMaker make) : ICheck
{
    /// <summary>No input is itself an answer to <c>require</c>, <c>forbid</c> and <c>count</c>; a name can only be judged of a file.</summary>
    public bool NeedsInputs => rules.Name is not null || (rules.Tracked && rules.Require.IsEmpty);

    public ImmutableArray<RuleInfo> Rules { get; } = [.. Describe(rules, make)];

    public ValueTask<CheckOutcome> RunAsync(CheckContext context, CancellationToken stop)
    {
        var evidence = new EvidenceBuilder();
        var findings = new List<Finding>();
        var required = Require(context, findings, evidence, stop);
        if (LooksAtInputs)
        {
            foreach (var file in context.Inputs.Files)
                evidence.Read(file.Path);
        }
        Forbid(context, findings);
        Name(context, findings);
        Count(context, findings);
        Track(context, required, findings, evidence);
        return new ValueTask<CheckOutcome>(evidence.Outcome(findings));
    }

    private bool LooksAtInputs => !rules.Forbid.IsEmpty || rules.Name is not null || rules.Min is not null || rules.Max is not null || TracksInputs;

    private bool TracksInputs => rules.Tracked && rules.HasInclude;

    private List<WorkspaceFile> Require(CheckContext context, List<Finding> findings, EvidenceBuilder evidence, CancellationToken stop)
    {
        var found = new List<WorkspaceFile>();
        foreach (var pattern in rules.Require)
        {
            var matches = pattern.Find(context, stop);
            foreach (var file in matches.Files)
                evidence.Read(file.Path);
            found.AddRange(matches.Files);
            // One file is enough: only where there is none could an obstacle hide it.
            if (matches.Files.Length > 0)
                continue;
            foreach (var blocked in matches.Blocked)
                evidence.Refuse(blocked.Path, blocked.Reason);
            if (matches.Blocked.IsEmpty)
                findings.Add(NotThere(pattern, matches));
        }
        return found;
    }

    private Finding NotThere(PathPattern pattern, PathMatches matches)
    {
        if (!pattern.IsLiteral)
            return make.Make(FilesCodes.Missing.Id, $"no file matches {matches.Expanded}", "Add such a file, or correct the pattern.", null) with { Anchor = matches.Expanded };
        var outside = matches.Expanded.Split('/').Contains("..", StringComparer.Ordinal);
        var message = matches.IsFolder ? $"{matches.Expanded} is a folder; expected a file"
            : outside ? $"{matches.Expanded} leads out of the repository"
            : $"{matches.Expanded} is missing";
        return make.Make(FilesCodes.Missing.Id, message, "Add the file, or correct the path.", outside ? null : matches.Expanded) with { Anchor = matches.Expanded };
    }

    private void Forbid(CheckContext context, List<Finding> findings)
    {
        foreach (var pattern in rules.Forbid)
        {
            var glob = GlobSet.Parse([pattern.Expand(context.Bindings)]);
            foreach (var file in context.Inputs.Files.Where(file => glob.Matches(file.Path)))
                findings.Add(make.Make(FilesCodes.Forbidden.Id, $"this file is forbidden ({pattern.Raw})", "Remove or rename the file.", file.Path));
        }
    }

    private void Name(CheckContext context, List<Finding> findings)
    {
        if (rules.Name is not { } good)
            return;
        foreach (var file in context.Inputs.Files)
        {
            var name = file.Path[(file.Path.LastIndexOf('/') + 1)..];
            if (!good(name))
                findings.Add(make.Make(FilesCodes.BadName.Id, $"the file name \"{name}\" is not as expected ({rules.NameText})", "Rename the file.", file.Path));
        }
    }

    private void Count(CheckContext context, List<Finding> findings)
    {
        var count = context.Inputs.Files.Length;
        if (count < rules.Min)
            findings.Add(make.Make(FilesCodes.BadCount.Id, $"expected at least {rules.Min} files, found {count}", "Add the missing files, or correct the patterns.", null));
        if (count > rules.Max)
            findings.Add(make.Make(FilesCodes.BadCount.Id, $"expected at most {rules.Max} files, found {count}", "Remove files, or correct the patterns.", null));
    }

    private void Track(CheckContext context, List<WorkspaceFile> required, List<Finding> findings, EvidenceBuilder evidence)
    {
        if (!rules.Tracked)
            return;
        var subjects = required.Concat(TracksInputs ? context.Inputs.Files : []).DistinctBy(static f => f.Path, StringComparer.Ordinal);
        var untracked = subjects.Where(static f => !f.Tracked).ToList();
        // The workspace does not say whether there is a repository; one that tracks nothing can say nothing about a file either.
        if (untracked.Count > 0 && !context.Workspace.Files.Any(static f => f.Tracked))
        {
            evidence.Refuse("not a git repository, or one that tracks nothing: whether files are tracked cannot be judged");
            return;
        }
        foreach (var file in untracked)
            findings.Add(make.Make(FilesCodes.Untracked.Id, "git does not track this file", "Add it with git add, and take it out of .gitignore where it is there.", file.Path));
    }

    private static IEnumerable<RuleInfo> Describe(FilesRules rules, FindingMaker make)
    {
        if (!rules.Require.IsEmpty)
            yield return make.Describe(FilesCodes.Missing, "require " + List(rules.Require));
        if (!rules.Forbid.IsEmpty)
            yield return make.Describe(FilesCodes.Forbidden, "forbid " + List(rules.Forbid));
        if (rules.NameText is { } name)
            yield return make.Describe(FilesCodes.BadName, "name " + name);
        if (rules.Min is not null || rules.Max is not null)
            yield return make.Describe(FilesCodes.BadCount, $"count {rules.Min}..{rules.Max}");
        if (rules.Tracked)
            yield return make.Describe(FilesCodes.Untracked, "tracked");
    }

    private static string List(ImmutableArray<PathPattern> patterns) => string.Join(", ", patterns.Select(static p => p.Raw));
}
