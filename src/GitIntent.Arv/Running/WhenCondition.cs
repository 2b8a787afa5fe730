using GitIntent.Arv.Config;
using GitIntent.Arv.Planning;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Running;

/// <summary>Decides a check's <c>when</c>.</summary>
internal static class WhenCondition
{
    /// <returns>Why the check is skipped; null when it is to run.</returns>
    public static string? SkipReason(When? when, Bindings bindings, Workspace workspace, CancellationToken stop)
    {
        if (when is null)
            return null;
        if (!when.Exists.IsEmpty && !when.Exists.Any(template => Exists(template, bindings, workspace, stop)))
            return $"nothing here is {string.Join(" or ", when.Exists.Select(template => template.Expand(bindings)))}";
        return when.Missing.FirstOrDefault(template => Exists(template, bindings, workspace, stop)) is { } there ? $"{there.Expand(bindings)} is there" : null;
    }

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
