namespace GitIntent.Arv.Tests.Support;

/// <summary>A test that needs git; skipped, with the reason, where there is none.</summary>
public sealed class GitFactAttribute : FactAttribute
{
    public GitFactAttribute()
    {
        if (Run.Find("git") is null)
            Skip = "There is no git on this machine.";
    }
}

/// <summary>As <see cref="GitFactAttribute"/>, with data.</summary>
public sealed class GitTheoryAttribute : TheoryAttribute
{
    public GitTheoryAttribute()
    {
        if (Run.Find("git") is null)
            Skip = "There is no git on this machine.";
    }
}

/// <summary>A test of what only Linux has.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "This is about Linux.";
    }
}

/// <summary>As <see cref="LinuxFactAttribute"/>, with data.</summary>
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "This is about Linux.";
    }
}

/// <summary>A test that needs an environment variable to say where something is.</summary>
public sealed class EnvironmentFactAttribute : FactAttribute
{
    public EnvironmentFactAttribute(string variable)
    {
        Variable = variable;
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
            Skip = $"{variable} is not set.";
    }

    public string Variable { get; }
}
