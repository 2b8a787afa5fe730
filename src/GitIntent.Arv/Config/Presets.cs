using System.Collections.Immutable;
using System.Reflection;

namespace GitIntent.Arv.Config;

/// <summary>The configurations that come with the tool: YAML files in its assembly, with the schemas that they name.</summary>
internal static class Presets
{
    /// <summary>What a file in a preset is called where a configuration names one: <c>preset:gwi/connector.schema.json</c>.</summary>
    public const string Prefix = "preset:";

    private const string Resource = "preset/";

    public static readonly ImmutableArray<string> Names =
        [.. typeof(Presets).Assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Resource, StringComparison.Ordinal) && name.EndsWith(".yml", StringComparison.Ordinal))
            .Select(static name => name[Resource.Length..^4])
            .Order(StringComparer.Ordinal)];

    /// <summary>A preset's YAML, or null when there is none of that name.</summary>
    public static byte[]? Find(string name) => Names.Contains(name) ? ReadFile(name + ".yml") : null;

    /// <summary>A file of the presets: <c>gwi/connector.schema.json</c>; null when there is none.</summary>
    public static byte[]? ReadFile(string path)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource + path);
        if (stream is null)
            return null;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
