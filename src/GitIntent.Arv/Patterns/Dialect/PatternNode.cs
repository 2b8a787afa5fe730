using System.Collections.Immutable;

namespace GitIntent.Arv.Patterns.Dialect;

/// <summary>A pattern as a tree. Groups leave no trace in it: the kind asks where a match is, not what its groups hold.</summary>
/// <param name="Index">Where it starts in the pattern, in UTF-16 units from 0.</param>
internal abstract record PatternNode(int Index)
{
    /// <summary>Whether it can match the empty string. An assertion counts as one that can: it matches no character.</summary>
    public abstract bool CanBeEmpty { get; }

    /// <summary>The largest product of nested counts on any path: <c>(a{100}){10}</c> is 1,000.</summary>
    public abstract int Repetition { get; }
}

/// <summary>Matches the empty string.</summary>
internal sealed record EmptyNode(int Index) : PatternNode(Index)
{
    public override bool CanBeEmpty => true;

    public override int Repetition => 1;
}

/// <summary>Matches one code point of the set.</summary>
internal sealed record SetNode(int Index, CodePointSet Set) : PatternNode(Index)
{
    public override bool CanBeEmpty => false;

    public override int Repetition => 1;
}

internal enum AssertionType
{
    LineStart,
    LineEnd,
    TextStart,
    TextEnd,
    WordBoundary,
    NotWordBoundary,
}

internal sealed record AssertionNode(int Index, AssertionType Type) : PatternNode(Index)
{
    public override bool CanBeEmpty => true;

    public override int Repetition => 1;
}

internal sealed record SequenceNode(int Index, ImmutableArray<PatternNode> Items) : PatternNode(Index)
{
    public override bool CanBeEmpty { get; } = Items.All(static i => i.CanBeEmpty);

    public override int Repetition { get; } = Items.Max(static i => i.Repetition);
}

/// <summary>The earlier alternative goes first.</summary>
internal sealed record ChoiceNode(int Index, ImmutableArray<PatternNode> Items) : PatternNode(Index)
{
    public override bool CanBeEmpty { get; } = Items.Any(static i => i.CanBeEmpty);

    public override int Repetition { get; } = Items.Max(static i => i.Repetition);
}

/// <param name="Max">-1: without end.</param>
internal sealed record RepeatNode(int Index, PatternNode Item, int Min, int Max, bool Lazy) : PatternNode(Index)
{
    public override bool CanBeEmpty { get; } = Min == 0 || Item.CanBeEmpty;

    public override int Repetition { get; } = Math.Max(1, Math.Max(Min, Max)) * Item.Repetition;
}
