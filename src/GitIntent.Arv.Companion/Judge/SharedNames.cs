using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace GitIntent.Arv.Companion.Judge;

/// <summary>The assemblies beside the companion that others of them need.</summary>
internal static class SharedNames
{
    public static string ToolPath(string name) => Path.Combine(AppContext.BaseDirectory, name + ".dll");

    /// <summary>Those named and all that they need, in turn.</summary>
    public static HashSet<string> Of(IEnumerable<string> names)
    {
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var left = new Stack<string>(names);
        while (left.TryPop(out var name))
        {
            if (!File.Exists(ToolPath(name)) || !found.Add(name))
                continue;
            using var image = new PEReader(File.OpenRead(ToolPath(name)));
            var metadata = image.GetMetadataReader();
            foreach (var reference in metadata.AssemblyReferences)
                left.Push(metadata.GetString(metadata.GetAssemblyReference(reference).Name));
        }
        return found;
    }
}
