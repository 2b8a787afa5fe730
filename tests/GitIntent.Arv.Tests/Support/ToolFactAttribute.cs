namespace GitIntent.Arv.Tests.Support;

/// <summary>A test that needs a program; skipped, with the reason, where it is not there.</summary>
public sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(string program)
    {
        Program = program;
        if (Run.Find(program) is null)
            Skip = $"There is no {program} on this machine.";
    }

    public string Program { get; }
}
