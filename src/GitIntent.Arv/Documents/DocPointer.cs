using System.Collections.Immutable;
using System.Globalization;

namespace GitIntent.Arv.Documents;

/// <summary>A value that a pointer found, with the pointer to it alone.</summary>
internal readonly record struct PointerHit(string Pointer, DocNode Node);

/// <summary>Where a pointer led no further: the value that has no such key or item.</summary>
internal readonly record struct PointerMiss(string Pointer, DocNode Node, string Segment);

/// <param name="Misses">Empty too where <c>*</c> met an empty list or map: that is not missing.</param>
internal sealed record PointerResult(ImmutableArray<PointerHit> Hits, ImmutableArray<PointerMiss> Misses);

/// <summary>
/// A JSON Pointer (RFC 6901) in which a segment <c>*</c> stands for every item or key. <c>~1</c> is <c>/</c>, <c>~0</c> is <c>~</c>, and
/// <c>~2</c>, our addition, is a <c>*</c> that is meant as the key itself.
/// </summary>
internal sealed class DocPointer
{
    private readonly ImmutableArray<string> _segments;

    private DocPointer(string text, ImmutableArray<string> segments)
    {
        Text = text;
        _segments = segments;
    }

    public string Text { get; }

    public bool HasWildcard => _segments.Contains("*", StringComparer.Ordinal);

    /// <exception cref="FormatException">The message says what is expected.</exception>
    public static DocPointer Parse(string text)
    {
        if (text.Length > 0 && text[0] != '/')
            throw new FormatException($"\"{text}\" is no pointer; expected one such as /a/b or /items/*/name");
        for (var at = text.IndexOf('~', StringComparison.Ordinal); at >= 0; at = text.IndexOf('~', at + 1))
        {
            if (at + 1 == text.Length || text[at + 1] is not ('0' or '1' or '2'))
                throw new FormatException($"\"{text}\" is no pointer; after ~ expected 0 (for ~), 1 (for /) or 2 (for *)");
        }
        return new DocPointer(text, text.Length == 0 ? [] : [.. text[1..].Split('/')]);
    }

    public IEnumerable<(string Pointer, DocNode Node)> Select(DocNode root) => Resolve(root).Hits.Select(static hit => (hit.Pointer, hit.Node));

    public PointerResult Resolve(DocNode root)
    {
        var hits = new List<PointerHit> { new("", root) };
        var misses = ImmutableArray.CreateBuilder<PointerMiss>();
        foreach (var segment in _segments)
        {
            var next = new List<PointerHit>();
            foreach (var hit in hits)
            {
                if (!Step(hit, segment, next))
                    misses.Add(new PointerMiss(hit.Pointer, hit.Node, segment));
            }
            hits = next;
        }
        return new PointerResult([.. hits], misses.ToImmutable());
    }

    /// <summary>A pointer's segment for a key.</summary>
    public static string Escape(string key) =>
        key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static bool Step(PointerHit hit, string segment, List<PointerHit> next)
    {
        switch (hit.Node)
        {
            case DocMap map when segment == "*":
                next.AddRange(map.Entries.Select(e => new PointerHit($"{hit.Pointer}/{Escape(e.Key)}", e.Value)));
                return true;
            case DocList list when segment == "*":
                next.AddRange(list.Items.Select((item, i) => new PointerHit(string.Create(CultureInfo.InvariantCulture, $"{hit.Pointer}/{i}"), item)));
                return true;
            case DocMap map when map[Unescape(segment)] is { } value:
                next.Add(new PointerHit($"{hit.Pointer}/{Escape(Unescape(segment))}", value));
                return true;
            case DocList list when IndexOf(segment) is { } index && index < list.Items.Length:
                next.Add(new PointerHit($"{hit.Pointer}/{segment}", list.Items[index]));
                return true;
            default:
                return false;
        }
    }

    private static string Unescape(string segment) =>
        segment.Replace("~2", "*", StringComparison.Ordinal).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static int? IndexOf(string segment) =>
        (segment == "0" || segment is [>= '1' and <= '9', ..]) && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
