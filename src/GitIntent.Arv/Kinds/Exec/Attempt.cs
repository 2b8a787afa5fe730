using System.Collections.Immutable;
using GitIntent.Arv.Kinds.Exec.Unchanged;
using GitIntent.Arv.Processes;

namespace GitIntent.Arv.Kinds.Exec;

/// <summary>One run of a command; shared by all checks that asked for the same.</summary>
/// <param name="Folder">What it printed and wrote.</param>
/// <param name="Network">For the report.</param>
/// <param name="Changes">What it changed in the tree; empty where nobody asked.</param>
/// <param name="Missing">Why it could not even be started, or null.</param>
internal sealed record Attempt(CommandResult Result, RunFolder Folder, string Network, ImmutableArray<TreeChange> Changes, string? Missing = null);
