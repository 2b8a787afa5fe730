namespace GitIntent.Arv.Tests.Kinds.Exec;

/// <summary>For what only Linux can be asked.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "Linux only";
    }
}

internal sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "Linux only";
    }
}

/// <summary>
/// Tests that start commands run alone: an unmarked orphan is a command's own only while no other runs (see ProcessFamily).
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Commands
{
    public const string Name = "commands";
}
