using System.Collections.Frozen;
using System.Collections.Immutable;
using GitIntent.Arv.Config;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Model;
using GitIntent.Arv.Planning;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Running;

/// <summary>A check that is ready to run, or that has come to its end before it ran.</summary>
internal readonly record struct Prepared(CheckContext? Context, CheckResult? Result);

/// <summary>Everything that comes before a check runs: condition, values, inputs.</summary>
internal sealed class CheckPreparation(Plan plan, Workspace workspace, CheckContext template)
{
    private readonly FrozenSet<string> _config = plan.ConfigFiles.ToFrozenSet(StringComparer.Ordinal);

    public Prepared Prepare(CheckInstance instance, CancellationToken stop)
    {
        var check = instance.Check;
        if (instance.NotAsked is { } skip)
            return Ended(CheckResult.Skipped(instance, skip));
        // What a condition skips need not be readable, unless the condition itself asks for a value of it.
        if (WhenCondition.SkipReason(instance, instance.Bindings, workspace, stop) is { } reason)
            return Ended(CheckResult.Skipped(instance, reason));
        if (instance.Early is { } early)
            return Ended(Verdicts.Judge(instance, early));
        var bindings = LetResolver.Resolve(instance, workspace, out var problem, stop);
        if (problem is not null)
            return Ended(Verdicts.Judge(instance, problem));
        if (!ReferenceEquals(bindings, instance.Bindings) && WhenCondition.SkipReason(instance, bindings, workspace, stop) is { } later)
            return Ended(CheckResult.Skipped(instance, later));
        var query = new FileQuery(Globs(check.Include, bindings), Globs(check.Exclude, bindings, OwnState), check.Ignored);
        var selection = workspace.Select(query, stop);
        if (check.Check is IScanCheck)
            selection = WithoutConfig(selection);
        else if (check.RunsCommands && check.Include.IsEmpty)
            selection = selection with { Blocked = [] }; // it declares no inputs: what cannot be looked at is none of its
        if (check.Check.NeedsInputs && TooFew(instance, query, selection) is { } few)
            return Ended(few);
        return new Prepared(template with
        {
            Inputs = selection,
            Include = query.Include,
            Ignored = check.Ignored,
            Bindings = bindings,
            Settings = check.Settings,
            Timeout = check.OwnTimeout,
        }, null);
    }

    private static Prepared Ended(CheckResult result) => new(null, result);

    /// <summary>What the tool itself keeps in a tree is no input of any check.</summary>
    private const string OwnState = "/.arv/";

    private static GlobSet Globs(ImmutableArray<Template> templates, Bindings bindings, params ReadOnlySpan<string> more) =>
        GlobSet.Parse([.. templates.Select(t => t.ExpandGlob(bindings)), .. more]);

    private CheckResult? TooFew(CheckInstance instance, FileQuery query, Selection selection)
    {
        var found = selection.Files.Length;
        if (found >= instance.Check.MinInputs)
            return null;
        var evidence = new Evidence([], 0, [.. selection.LeftOut, .. selection.Blocked]);
        if (!selection.Blocked.IsEmpty)
            return Verdicts.Judge(instance, CheckOutcome.Refused(Verdicts.OutOfReach(selection.Blocked), evidence));
        var patterns = query.Include.IsEmpty ? "the repository" : string.Join(" ", query.Include.Patterns.Take(5)) + (query.Include.Patterns.Count > 5 ? " …" : "");
        if (found == 0)
        {
            var nothing = query.Include.IsEmpty ? "the repository has no file to look at" : $"nothing matches {patterns}";
            return plan.Named ? Verdicts.Judge(instance, CheckOutcome.Refused(nothing, evidence)) : CheckResult.Skipped(instance, nothing);
        }
        return Verdicts.Judge(instance, CheckOutcome.Refused($"{patterns} matches {found}, fewer than min_inputs: {instance.Check.MinInputs}", evidence));
    }

    /// <summary>The configuration's files are no input of what scans text: the examples in them would match themselves.</summary>
    private Selection WithoutConfig(Selection selection)
    {
        if (_config.Count == 0 || !selection.Files.Any(f => _config.Contains(f.Path)))
            return selection;
        return _stripped.GetOrAdd(selection, s => s with
        {
            Files = [.. s.Files.Where(f => !_config.Contains(f.Path))],
            LeftOut = [.. s.LeftOut.Concat(s.Files.Where(f => _config.Contains(f.Path)).Select(static f => new LeftOut(f.Path, LeftOutReasons.Config)))
                .OrderBy(static l => l.Path, StringComparer.Ordinal)],
        });
    }

    /// <summary>By reference: checks with the same patterns share one selection, and go on sharing it.</summary>
    private readonly System.Collections.Concurrent.ConcurrentDictionary<Selection, Selection> _stripped = new(ReferenceEqualityComparer.Instance);
}
