using System.Reflection;

namespace GitIntent.Arv.Cli;

/// <summary>The tool's version, without build metadata.</summary>
internal static class ToolVersion
{
    public static readonly string Current =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
