using YamlDotNet.RepresentationModel;

namespace GitIntent.Arv.Packages.Tests.Action;

/// <param name="Run">The script, as the runner writes it into a file.</param>
/// <param name="If">The condition, or null.</param>
/// <param name="Env">Names, and values with expressions.</param>
internal sealed record ActionStep(string? Id, string? If, string Shell, string Run, bool ContinueOnError, IReadOnlyDictionary<string, string> Env);

/// <summary>What the runner reads of an <c>action.yml</c>.</summary>
internal sealed class ActionFile
{
    private readonly YamlMappingNode _root;

    public ActionFile(string path)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(path);
        yaml.Load(reader);
        _root = (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    /// <summary>Each input with its default.</summary>
    public IReadOnlyDictionary<string, string> Inputs => Maps("inputs", static input => Text(input, "default") ?? "");

    /// <summary>Each output with its expression.</summary>
    public IReadOnlyDictionary<string, string> Outputs => Maps("outputs", static output => Text(output, "value")!);

    public string Using => Text((YamlMappingNode)_root["runs"], "using")!;

    /// <summary>Keys of steps that are not <c>run</c>.</summary>
    public IEnumerable<YamlMappingNode> RawSteps => ((YamlSequenceNode)_root["runs"]["steps"]).Cast<YamlMappingNode>();

    public IReadOnlyList<ActionStep> Steps =>
    [
        .. RawSteps.Select(static step => new ActionStep(
            Text(step, "id"), Text(step, "if"), Text(step, "shell")!, Text(step, "run")!, Text(step, "continue-on-error") == "true",
            step.Children.TryGetValue("env", out var env) ? ((YamlMappingNode)env).ToDictionary(static e => e.Key.ToString(), static e => e.Value.ToString()) : [])),
    ];

    private Dictionary<string, string> Maps(string key, Func<YamlMappingNode, string> value) =>
        ((YamlMappingNode)_root[key]).ToDictionary(static e => e.Key.ToString(), e => value((YamlMappingNode)e.Value));

    private static string? Text(YamlMappingNode map, string key) => map.Children.TryGetValue(key, out var value) ? value.ToString() : null;
}
