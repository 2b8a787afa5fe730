using System.Text.RegularExpressions;
using GitIntent.Arv.Kinds;

namespace GitIntent.Arv.Tests.Architecture;

/// <summary>Who may know whom. What a part is not told about here, it may not use.</summary>
internal static partial class Layers
{
    private const string Root = "GitIntent.Arv.";

    /// <summary>The parts of the engine, and the parts that each may use beside itself.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Model"] = [],
        ["Documents"] = [],
        ["Schemas"] = ["Documents", "Config"],
        ["Scope"] = [],
        ["Processes"] = ["Scope"],
        ["Companion"] = ["Processes", "Scope"],
        ["Tree"] = ["Model"],
        ["Patterns"] = ["Tree"],
        ["Config"] = ["Documents", "Model", "Patterns", "Tree"],
        ["Kinds"] = ["Model", "Config", "Documents", "Schemas", "Scope", "Tree", "Patterns", "Processes", "Companion"],
        ["Planning"] = ["Kinds", "Model", "Config", "Documents", "Tree", "Patterns"],
        ["Running"] = ["Planning", "Policy", "Kinds", "Model", "Config", "Documents", "Scope", "Tree"],
        ["Policy"] = ["Running", "Planning", "Kinds", "Model", "Scope", "Tree"],
        ["Reporting"] = ["Model"],
        ["GitHub"] = ["Documents", "Model", "Reporting", "Schemas"],
    };

    private static readonly string[] Processes = ["GitIntent.Arv.Cli/Program.cs", "GitIntent.Arv.Cli/Signals.cs"];

    public static IEnumerable<string> Faults(IEnumerable<SourceFile> files) => files.SelectMany(Faults);

    private static IEnumerable<string> Faults(SourceFile file)
    {
        if (!file.Path.StartsWith("GitIntent.Arv/", StringComparison.Ordinal) && !file.Path.StartsWith("GitIntent.Arv.Cli/", StringComparison.Ordinal))
            yield break;
        if (!Processes.Contains(file.Path) && ProcessWide().Match(file.Code) is { Success: true } wide)
            yield return $"{file.Path} uses {wide.Value.TrimEnd('.')}: streams, arguments and variables come in by CliContext";
        if (PartOf(file.Namespace) is not { } part || !MayUse.TryGetValue(part, out var allowed))
            yield break;
        foreach (var used in file.Used.Select(Absolute).Where(static n => n.StartsWith(Root, StringComparison.Ordinal)))
        {
            var other = PartOf(used)!;
            if (other != part && !allowed.Contains(other) && !IsExcused(part, used, file))
                yield return $"{file.Path} uses {used}: {part} may use only {(allowed.Length == 0 ? "itself" : string.Join(", ", allowed))}";
            if (part == "Kinds" && other == "Kinds" && KindOf(used) is { } kind && kind != KindOf(file.Namespace) && !IsKindList(file))
                yield return $"{file.Path} uses {used}: no kind knows another, and only CheckKinds.cs lists them";
        }
    }

    /// <summary>The live progress is told of the run while it runs. The grammar holds the form of each kind's block, from the list of kinds.</summary>
    private static bool IsExcused(string part, string used, SourceFile file) =>
        (part == "Reporting" && used == Root + "Running" && file.Path == "GitIntent.Arv/Reporting/LiveProgress.cs")
        || (part == "Config" && used == Root + "Kinds" && file.Path == "GitIntent.Arv/Config/ConfigGrammar.cs");

    private static bool IsKindList(SourceFile file) => file.Path == "GitIntent.Arv/Kinds/CheckKinds.cs";

    private static string Absolute(string name) => name.StartsWith("GitIntent.", StringComparison.Ordinal) || PartOf(Root + name) is not { } part || !MayUse.ContainsKey(part) ? name : Root + name;

    private static string? PartOf(string name) => name.StartsWith(Root, StringComparison.Ordinal) ? name[Root.Length..].Split('.')[0] : null;

    /// <summary>The kind's namespace; null of what is shared by the kinds.</summary>
    private static string? KindOf(string name) => CheckKinds.All.Select(static k => k.GetType().Namespace!)
        .FirstOrDefault(kind => (name.TrimEnd('.') + ".").StartsWith(kind + ".", StringComparison.Ordinal));

    [GeneratedRegex(@"(?<![\w.])(?:Console|(?:System\.)?Environment)\.(?=[A-Z])(?!TryGetValue\b|ProcessId\b)")]
    private static partial Regex ProcessWide();
}
