using GitIntent.Arv.Model;

namespace GitIntent.Arv.Kinds;

/// <summary>Collects what a check looked at, and what it could not look at, which refuses it.</summary>
internal sealed class EvidenceBuilder
{
    private readonly SortedSet<string> _paths = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _leftOut = new(StringComparer.Ordinal);
    private readonly List<string> _refusals = [];

    public void Matched(string path) => _paths.Add(path);

    public void Read(string path)
    {
        _paths.Add(path);
        _read.Add(path);
    }

    /// <summary>Names what stood in the way; the check is refused.</summary>
    public void Refuse(string path, string reason)
    {
        _paths.Add(path);
        _leftOut[path] = reason;
        Refuse($"{path}: {reason}");
    }

    public void Refuse(string reason)
    {
        if (!_refusals.Contains(reason, StringComparer.Ordinal))
            _refusals.Add(reason);
    }

    public string? Refusal => _refusals.Count switch
    {
        0 => null,
        <= 3 => string.Join("; ", _refusals),
        var count => $"{string.Join("; ", _refusals.Take(3))}; and {count - 3} more",
    };

    public Evidence Build() => new([.. _paths], _read.Count, [.. _leftOut.Select(static p => new LeftOut(p.Key, p.Value))]);

    public CheckOutcome Outcome(IEnumerable<Finding> findings) => new([.. findings], Build(), Refusal);
}
