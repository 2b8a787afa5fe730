namespace GitIntent.Arv.Tests.Support;

/// <summary>
/// A test that needs a file of an npm package below <c>ARV_NODE_MODULES</c>; skipped, with the reason, where it is not there, unless
/// <c>ARV_REQUIRE_SERVERS</c> names <c>node-modules</c>: then the test runs, and fails.
/// </summary>
public sealed class NodeModuleFactAttribute : FactAttribute
{
    public NodeModuleFactAttribute(string path)
    {
        ModulePath = path;
        if (!File.Exists(NodeModules.Find(path)) && !NodeModules.Required)
            Skip = $"ARV_NODE_MODULES names no folder with {path}; .ci/run installs it.";
    }

    public string ModulePath { get; }
}

internal static class NodeModules
{
    public static bool Required => (Environment.GetEnvironmentVariable("ARV_REQUIRE_SERVERS") ?? "").Split(',').Contains("node-modules", StringComparer.Ordinal);

    public static string Find(string path) => Path.Combine(Environment.GetEnvironmentVariable("ARV_NODE_MODULES") ?? "/nowhere", path);
}
