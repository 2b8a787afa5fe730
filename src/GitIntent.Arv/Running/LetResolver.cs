using System.Collections.Frozen;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Model;
using GitIntent.Arv.Planning;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Running;

/// <summary>Reads the values of a check's <c>let</c>.</summary>
internal static class LetResolver
{
    /// <summary>The code of a value that leads out of its folder.</summary>
    public const string OutsideCode = "ARV0102";

    /// <returns>The bindings with the values; or, in <paramref name="problem"/>, why the check cannot or must not run.</returns>
    public static Bindings Resolve(CheckInstance instance, Workspace workspace, out CheckOutcome? problem, CancellationToken stop)
    {
        problem = null;
        var bindings = instance.Bindings;
        foreach (var let in instance.Check.Let)
        {
            var file = let.File.Expand(bindings);
            var value = Read(file, let.Pointer, workspace, out var reason, stop);
            if (value is null)
            {
                problem = CheckOutcome.Refused($"let: {let.Name}: {reason}");
                return bindings;
            }
            if (LeadsOut(value.Text))
            {
                problem = Outside(instance.Check, let, file, value);
                return bindings;
            }
            bindings = new Bindings(bindings.Values.Append(KeyValuePair.Create(let.Name, value.Text))
                .ToFrozenDictionary(static p => p.Key, static p => p.Value, StringComparer.Ordinal));
        }
        return bindings;
    }

    private static DocScalar? Read(string path, string pointer, Workspace workspace, out string reason, CancellationToken stop)
    {
        var look = RepositoryPath.IsInside(path) ? workspace.Look(path) : default;
        if (look.File is not { } file)
        {
            reason = look.State == PathState.Blocked ? $"{path}: {look.Reason}" : $"{path} is no file of the repository";
            return null;
        }
        if (DocumentReader.FormatOf(path) is not { } format)
        {
            reason = $"{path} is neither JSON, YAML, TOML nor XML by its name";
            return null;
        }
        var read = workspace.Read(file, stop);
        if (read.Text is null)
        {
            reason = $"{path}: {read.Reason}";
            return null;
        }
        try
        {
            var root = DocumentReader.Read(path, read.Text.Bytes, format, DocumentLimits.Default);
            var found = DocPointer.Parse(pointer).Select(root).Select(static s => s.Node).ToList();
            if (found is [DocScalar { Type: not ScalarType.Null } scalar])
            {
                reason = "";
                return scalar;
            }
            reason = found.Count == 0 ? $"{path} has nothing at {pointer}" : $"{path} has no single value at {pointer}";
        }
        catch (DocumentException e)
        {
            reason = $"{path}:{e.Mark.Line}:{e.Mark.Column}: {e.Message}";
        }
        return null;
    }

    /// <summary>Whether a value, used in a path, would name something outside the folder that it is relative to.</summary>
    private static bool LeadsOut(string value) =>
        value.StartsWith('/') || value.Contains('\0') || (value.Length > 1 && value[1] == ':' && char.IsAsciiLetter(value[0]))
        || value.Split('/', '\\').Contains("..");

    private static CheckOutcome Outside(PlannedCheck check, LetValue let, string file, DocScalar value) => new(
        [
            new Finding
            {
                Rule = check.Settings.Rule ?? OutsideCode,
                Severity = Severity.Error,
                Message = $"The value of {let.Name} leads out of its folder: \"{value.Text}\"",
                Remedy = "Name something inside the folder, without \"..\" and not from the root.",
                Path = file,
                Span = new TextSpan(value.Start.Line, value.Start.Column, value.End.Line, value.End.Column),
                Anchor = let.Pointer,
            },
        ],
        new Evidence([file], 1, []));
}
