using System.Collections.Immutable;
using GitIntent.Arv.Processes;

namespace GitIntent.Arv.Companion;

/// <summary>What a companion process came to.</summary>
/// <param name="Fault">Why there was none to ask, or why its answer cannot be read; null where it ran.</param>
/// <param name="Lines">The lines of its answer that it finished, in its order.</param>
/// <param name="Result">How it ended; its tail is what it printed.</param>
internal sealed record CompanionAnswer(string? Fault, ImmutableArray<ReadOnlyMemory<byte>> Lines, CommandResult Result)
{
    public static CompanionAnswer None(string fault) => new(fault, [], CommandResult.NotStarted(fault));
}
