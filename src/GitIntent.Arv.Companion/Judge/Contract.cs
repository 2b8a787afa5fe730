using System.Reflection;

namespace GitIntent.Arv.Companion.Judge;

/// <summary>The assemblies that a user's assembly and the command share.</summary>
internal static class Contract
{
    public static readonly string[] Names = ["GitIntent.Reliability", "GitIntent.Reliability.Conformance"];

    /// <returns>Why this version of it is not the command's; null where it is, or where the name is of no part of it.</returns>
    public static string? Obstacle(string name, Version? wanted)
    {
        if (wanted is null || !Names.Contains(name, StringComparer.OrdinalIgnoreCase))
            return null;
        var version = AssemblyName.GetAssemblyName(SharedNames.ToolPath(name)).Version!;
        return wanted.Major == version.Major ? null
            : $"it was built against version {wanted.ToString(3)} of {name}, and this command has {version.ToString(3)}: another major version is another contract; use the command of that version, or build against version {version.Major}";
    }
}
