namespace GitIntent.Arv.Packages.Tests.Support;

/// <summary>A test that needs strace; skipped, with the reason, where there is none (and required where <c>ARV_REQUIRE_SERVERS</c> names it).</summary>
public sealed class TracedTheoryAttribute : TheoryAttribute
{
    public TracedTheoryAttribute()
    {
        if (!Program.IsThere("strace"))
            Skip = "There is no strace on this machine.";
    }
}

/// <summary>As <see cref="TracedTheoryAttribute"/>, for one case.</summary>
public sealed class TracedFactAttribute : FactAttribute
{
    public TracedFactAttribute()
    {
        if (!Program.IsThere("strace"))
            Skip = "There is no strace on this machine.";
    }
}

/// <summary>A test that needs qemu's emulation of a processor for one program, on the processor that the program is for.</summary>
public sealed class EmulatedFactAttribute : FactAttribute
{
    public EmulatedFactAttribute()
    {
        if (System.Runtime.InteropServices.RuntimeInformation.OSArchitecture != System.Runtime.InteropServices.Architecture.X64 || !Program.IsThere("qemu-x86_64"))
            Skip = "There is no qemu-x86_64 on this machine.";
    }
}

/// <summary>A test of programs of Linux.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "This is about Linux.";
    }
}

/// <summary>A test of what Unix has: signals, scripts, permissions.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "This is about Unix.";
    }
}

/// <summary>As <see cref="UnixFactAttribute"/>, with data.</summary>
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "This is about Unix.";
    }
}

internal static class Program
{
    public static bool IsThere(string name) =>
        (Environment.GetEnvironmentVariable("ARV_REQUIRE_SERVERS") ?? "").Split(',').Contains(name)
        || (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));
}

/// <summary>
/// A test that needs a file of an npm package below <c>ARV_NODE_MODULES</c>; skipped, with the reason, where it is not there, unless <c>ARV_REQUIRE_SERVERS</c> names
/// <c>workflow-validators</c>: then the test runs, and fails.
/// </summary>
public sealed class ModulesFactAttribute : FactAttribute
{
    public ModulesFactAttribute(string path)
    {
        ModulePath = path;
        if (!File.Exists(Modules.Find(path)) && !(Environment.GetEnvironmentVariable("ARV_REQUIRE_SERVERS") ?? "").Split(',').Contains("workflow-validators"))
            Skip = $"ARV_NODE_MODULES names no folder with {path}; .ci/run installs it.";
    }

    public string ModulePath { get; }
}

internal static class Modules
{
    public static string Find(string path) => Path.Combine(Environment.GetEnvironmentVariable("ARV_NODE_MODULES") ?? "/nowhere", path);
}
