using System.Globalization;

namespace GitIntent.Arv.Documents;

/// <summary>Counts a document's values and levels against its limits.</summary>
internal sealed class NodeBudget(string source, DocumentLimits limits)
{
    public int Nodes { get; private set; }

    public int Depth { get; private set; }

    /// <summary>The deepest level since <see cref="StartDepth"/>.</summary>
    public int Deepest { get; private set; }

    public void Count(Mark at, int nodes = 1)
    {
        if (nodes > limits.MaxNodes - Nodes)
            throw new DocumentException(source, at, $"the document has more than {Number(limits.MaxNodes)} values, aliases expanded; no more are read");
        Nodes += nodes;
    }

    public void Enter(Mark at)
    {
        Require(at, 1);
        Depth++;
        Deepest = Math.Max(Deepest, Depth);
    }

    public void Leave() => Depth--;

    /// <summary>Refuses what would go <paramref name="levels"/> levels deeper than here.</summary>
    public void Require(Mark at, int levels)
    {
        if (levels > limits.MaxDepth - Depth)
            throw new DocumentException(source, at, $"lists and maps lie more than {Number(limits.MaxDepth)} levels deep; no deeper ones are read");
    }

    /// <summary>Starts to measure how deep a value is; gives what <see cref="EndDepth"/> needs.</summary>
    public int StartDepth()
    {
        var outer = Deepest;
        Deepest = Depth;
        return outer;
    }

    /// <summary>How many levels the value had below here.</summary>
    public int EndDepth(int outer)
    {
        var levels = Deepest - Depth;
        Deepest = Math.Max(outer, Deepest);
        return levels;
    }

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
