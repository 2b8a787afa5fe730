namespace GitIntent.Arv.Tests.Kinds.Exec;

/// <summary>
/// Tests that start commands run alone: an unmarked orphan is a command's own only while no other runs (see ProcessFamily).
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Commands
{
    public const string Name = "commands";
}
