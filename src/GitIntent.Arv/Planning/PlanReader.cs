using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Planning;

/// <summary>Makes the plan of a configuration. What is wrong in one place does not hide what is wrong in another.</summary>
internal sealed class PlanReader(ConfigFiles files, ConfigErrors errors)
{
    private readonly Dictionary<string, byte[]> _resources = new(StringComparer.Ordinal);

    /// <returns>Null when the configuration has mistakes; they are in the errors.</returns>
    public Plan? Read(ConfigDocument document)
    {
        var root = document.Root;
        ConfigGrammar.Root.Check(root, "configuration", errors);
        var everywhere = root["exclude"] as DocList;
        var checks = new CheckReader(Resource, errors, everywhere);
        var gates = new List<PlannedGate>();
        foreach (var entry in (root["gates"] as DocMap)?.Entries ?? [])
        {
            if (entry.Value is DocMap gate)
                gates.Add(ReadGate(entry, gate, checks));
        }
        NeedsGraph.Check(gates, checks.NeedNodes, errors);
        return errors.Count > 0 ? null : new Plan([.. gates], PlanDigest.Of(root, _resources), document.Files, document.Named);
    }

    private static PlannedGate ReadGate(DocEntry entry, DocMap gate, CheckReader checks)
    {
        var planned = new List<PlannedCheck>();
        foreach (var child in (gate["checks"] as DocMap)?.Entries ?? [])
        {
            if (child.Value is DocMap check && checks.Read(entry.Key, gate, child.Key, check) is { } read)
                planned.Add(read);
        }
        return new PlannedGate(entry.Key, (gate["title"] as DocScalar)?.Text ?? Titles.Of(entry.Key), [.. planned]);
    }

    private byte[]? Resource(string name)
    {
        if (!_resources.TryGetValue(name, out var bytes) && files.Resource(name) is { } read)
            _resources[name] = bytes = read;
        return bytes;
    }
}
