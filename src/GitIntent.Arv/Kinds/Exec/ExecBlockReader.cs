using System.Collections.Immutable;
using System.Globalization;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Kinds.Exec.Results;
using GitIntent.Arv.Processes.Linux;
using GitIntent.Arv.Scope;

namespace GitIntent.Arv.Kinds.Exec;

/// <summary>Makes an <see cref="ExecBlock"/> of a block that has its shape.</summary>
internal sealed class ExecBlockReader
{
    private readonly ConfigErrors _errors;
    private readonly IReadOnlySet<string> _names;
    private readonly HashSet<string> _namesAndOut;
    private readonly Func<string, byte[]?> _resources;

    public ExecBlockReader(CheckReading reading)
    {
        _errors = reading.Errors;
        _names = reading.Names;
        _resources = reading.Resources;
        _namesAndOut = new HashSet<string>(reading.Names, StringComparer.Ordinal) { PlannedCommand.OutName };
    }

    public ExecBlock Read(DocMap block) => new()
    {
        Run = [.. ((DocList)block["run"]!).Items.Cast<DocScalar>().Select(NoNul).Select(item => Template.Parse(item, _namesAndOut))],
        Cwd = Inside(block["cwd"]),
        Env = Environment(block["env"] as DocMap),
        Exit = ExitCodes(block["exit"]),
        Stdout = Inside(block["stdout"]),
        Results = Results(block["results"] as DocMap),
        Json = block["json"] is DocMap json ? JsonBudget.Read(json, _names, _resources, _errors) : null,
        Unchanged = block["unchanged"] is DocScalar { Text: "true" },
        NetworkOff = block["network"] is DocScalar { Text: "off" },
        Retries = Number(block["retries"]) ?? 0,
    };

    private Template? Inside(DocNode? node)
    {
        if (node is not DocScalar scalar)
            return null;
        if (OutPath.Leads(scalar.Text) is { } wrong)
            _errors.Add(scalar, $"exec: \"{scalar.Text}\" {wrong}");
        return Template.Parse(scalar, _names);
    }

    private ImmutableArray<(string, Template)> Environment(DocMap? env)
    {
        if (env is null)
            return [];
        foreach (var entry in env.Entries.Where(static entry => entry.Key is RunMarker.Variable or ProcessFamily.Variable))
            _errors.AddKey(entry, $"exec: env: {entry.Key} is set by arv itself, and tells a nested run from another");
        return [.. env.Entries.Select(entry => (entry.Key, Template.Parse(NoNul((DocScalar)entry.Value), _namesAndOut)))];
    }

    private ResultsBlock? Results(DocMap? results) => results is null ? null : new ResultsBlock(
        OutPath.Parse((DocScalar)results["file"]!, _names, _errors),
        Number(results["min_tests"]) ?? 1,
        Number(results["max_skipped"]));

    private static ImmutableArray<int> ExitCodes(DocNode? exit) => exit switch
    {
        null => [0],
        DocList list => [.. list.Items.Select(static item => Number(item)!.Value)],
        _ => [Number(exit)!.Value],
    };

    private DocScalar NoNul(DocScalar scalar)
    {
        if (scalar.Text.Contains('\0', StringComparison.Ordinal))
            _errors.Add(scalar, "exec: no argument or variable can hold a NUL character");
        return scalar;
    }

    private static int? Number(DocNode? node) =>
        node is DocScalar scalar ? int.Parse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : null;
}
