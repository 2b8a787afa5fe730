using System.Collections.Immutable;
using GitIntent.Arv.Config;
using GitIntent.Arv.Planning;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Running;

/// <summary>Decides a check's <c>when</c>.</summary>
internal static class WhenCondition
{
    /// <param name="bindings">The values that are known by now; what names another one is not decided yet.</param>
    /// <returns>Why the check is skipped; null when it is to run, or to say what was wrong before it could.</returns>
    public static string? SkipReason(CheckInstance instance, Bindings bindings, Workspace workspace, CancellationToken stop) =>
        instance.Check.When.Select(when => SkipReason(when, instance, bindings, workspace, stop)).FirstOrDefault(static reason => reason is not null);

    private static string? SkipReason(When when, CheckInstance instance, Bindings bindings, Workspace workspace, CancellationToken stop)
    {
        // Where for_each found nothing there is no {path}, so nothing is at it; where it came to nothing otherwise, what is at it is not known.
        ImmutableArray<Template> known = [.. when.Exists.Where(template => template.CanExpand(bindings))];
        var open = !instance.IsEmpty && known.Length < when.Exists.Length;
        if (!when.Exists.IsEmpty && !open && !known.Any(template => Exists(template, bindings, workspace, stop)))
            return known.IsEmpty ? instance.Early!.Refusal : $"nothing here is {List(known, bindings)}";
        return when.Missing.FirstOrDefault(template => template.CanExpand(bindings) && Exists(template, bindings, workspace, stop)) is { } there
            ? $"{there.Expand(bindings)} is there" : null;
    }

    private static string List(ImmutableArray<Template> templates, Bindings bindings) =>
        string.Join(" or ", templates.Select(template => template.Expand(bindings)));

    private static bool Exists(Template template, Bindings bindings, Workspace workspace, CancellationToken stop)
    {
        var literal = template.Expand(bindings);
        if (RepositoryPath.IsInside(literal) && workspace.Look(literal.TrimEnd('/')).State != PathState.Missing)
            return true;
        var query = new FileQuery(GlobSet.Parse([template.ExpandGlob(bindings)]), GlobSet.Parse([]), Ignored: false);
        var selection = workspace.Select(query, stop);
        // What cannot be looked at is there: a check that it might excuse must run, and be refused.
        return !selection.Files.IsEmpty || !selection.Blocked.IsEmpty;
    }
}
