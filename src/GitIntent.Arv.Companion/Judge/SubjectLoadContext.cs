using System.Reflection;
using System.Runtime.Loader;

namespace GitIntent.Arv.Companion.Judge;

/// <summary>
/// The context of a user's assembly. The contract is the tool's. What the contract itself needs exists once, in the higher of the two versions, as it
/// would in an application that uses both. Everything else is the assembly's own.
/// </summary>
internal sealed class SubjectLoadContext(string assembly) : AssemblyLoadContext("subjects")
{
    private static readonly string[] Own = [typeof(SubjectLoadContext).Assembly.GetName().Name!, "GitIntent.Arv"];

    private readonly AssemblyDependencyResolver _resolver = new(assembly);
    private readonly HashSet<string> _shared = SharedNames.Of(Contract.Names);
    private readonly SystemAssemblies _system = new();

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        if (Own.Contains(name, StringComparer.OrdinalIgnoreCase))
            return LoadFromAssemblyPath(SharedNames.ToolPath(name));
        // One that the assembly's own dependencies ask for was not looked at before.
        if (Contract.Names.Contains(name, StringComparer.OrdinalIgnoreCase))
            return Contract.Obstacle(name, assemblyName.Version) is { } obstacle ? throw new FileLoadException(obstacle) : LoadFromAssemblyPath(SharedNames.ToolPath(name));
        var trusted = _system.Trusted(name);
        var best = new[] { trusted, _shared.Contains(name) ? SharedNames.ToolPath(name) : null, _resolver.ResolveAssemblyToPath(assemblyName), _system.AspNet(name) }
            .OfType<string>().MaxBy(VersionOf); // of equal versions the first
        if (best is not null)
            return best == trusted ? null : LoadFromAssemblyPath(best); // null: the runtime takes its own
        // What only the companion has is nothing that the assembly would find elsewhere.
        return File.Exists(SharedNames.ToolPath(name)) ? throw new FileNotFoundException($"{name} lies neither beside the assembly nor where its .deps.json says", name + ".dll") : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private static Version VersionOf(string path) => AssemblyName.GetAssemblyName(path).Version ?? new Version();
}
