using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GitIntent.Arv.Patterns.Matching.Literals;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>Looks for what matches must hold first, for all patterns in one pass, and runs a pattern only where that was found.</summary>
internal sealed class FilteringMatcher : IPatternMatcher
{
    public FilteringMatcher(ImmutableArray<PreparedPattern> patterns, VectorWidth width)
    {
        Patterns = patterns;
        var literals = new List<RequiredLiteral>();
        var owners = new List<List<LiteralOwner>>();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < patterns.Length; i++)
        {
            foreach (var literal in patterns[i].Literals)
            {
                ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(known, KeyOf(literal), out var exists);
                if (!exists)
                {
                    index = literals.Count;
                    literals.Add(literal);
                    owners.Add([]);
                }
                owners[index].Add(new LiteralOwner(i, literal.Distance));
            }
        }
        Literals = literals.Count == 0 ? null : new LiteralSet([.. literals], width);
        Owners = [.. owners.Select(static o => o.ToArray())];
        Unfiltered = [.. Enumerable.Range(0, patterns.Length).Where(i => patterns[i].Literals.IsEmpty)];
        Runs = [.. patterns.Select(p => p.Run is null ? null : new RunFinder(p.Run.Bytes, p.Run.Length, width != VectorWidth.Scalar))];
    }

    public ImmutableArray<PreparedPattern> Patterns { get; }

    /// <summary>What is looked for in one pass; null where no pattern has a literal.</summary>
    public LiteralSet? Literals { get; }

    /// <summary>By literal, the patterns that need it.</summary>
    public ImmutableArray<LiteralOwner[]> Owners { get; }

    /// <summary>The patterns without a literal.</summary>
    public ImmutableArray<int> Unfiltered { get; }

    /// <summary>By pattern.</summary>
    public ImmutableArray<RunFinder?> Runs { get; }

    public IPatternSearch NewSearch() => new FilteringSearch(this);

    private static string KeyOf(RequiredLiteral literal) => string.Create(literal.Bytes.Length, literal, static (key, l) =>
    {
        for (var i = 0; i < key.Length; i++)
            key[i] = (char)(l.Bytes[i] | (l.AnyCase[i] ? 0x100 : 0));
    });
}

/// <summary>A pattern that needs a literal, and how many bytes before it its matches start.</summary>
internal readonly record struct LiteralOwner(int Pattern, int Distance);
