using System.Collections.Frozen;
using System.Text;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Config;

/// <summary>The values of <c>{name}</c>s for one instance of a check.</summary>
internal sealed record Bindings(FrozenDictionary<string, string> Values)
{
    public static readonly Bindings None = new(FrozenDictionary<string, string>.Empty);
}

/// <summary>
/// A text in which <c>{name}</c> stands for a value: only for names that the check declares (by <c>for_each</c>, <c>let</c>, or its kind);
/// other braces stand as written.
/// </summary>
internal sealed class Template
{
    private readonly ImmutableParts _parts;

    private Template(string raw, ImmutableParts parts, DocNode at)
    {
        Raw = raw;
        _parts = parts;
        At = at;
    }

    public string Raw { get; }

    /// <summary>Where it is written.</summary>
    public DocNode At { get; }

    public IEnumerable<string> Names => _parts.Where(static p => p.IsName).Select(static p => p.Text);

    public bool HasNames => _parts.Any(static p => p.IsName);

    /// <summary>Whether every name in it has a value.</summary>
    public bool CanExpand(Bindings bindings) => Names.All(bindings.Values.ContainsKey);

    public static Template Parse(DocScalar scalar, IReadOnlySet<string> names)
    {
        var parts = new ImmutableParts();
        var raw = scalar.Text;
        var literal = new StringBuilder();
        for (var i = 0; i < raw.Length; i++)
        {
            var close = raw[i] == '{' ? raw.IndexOf('}', i) : -1;
            if (close > 0 && names.Contains(raw[(i + 1)..close]))
            {
                if (literal.Length > 0)
                    parts.Add((literal.ToString(), false));
                literal.Clear();
                parts.Add((raw[(i + 1)..close], true));
                i = close;
            }
            else
            {
                literal.Append(raw[i]);
            }
        }
        if (literal.Length > 0)
            parts.Add((literal.ToString(), false));
        return new Template(raw, parts, scalar);
    }

    /// <exception cref="KeyNotFoundException">A declared name has no value: the caller resolves <c>let</c> first.</exception>
    public string Expand(Bindings bindings) => Expand(bindings, static value => value);

    /// <summary>
    /// As <see cref="Expand(Bindings)"/>, for a glob: the values are literal in it, whatever characters they have. A value such as
    /// <c>./dist/index.js</c> means the same path without its dot, which no pattern could match.
    /// </summary>
    public string ExpandGlob(Bindings bindings) => WithoutDots(Expand(bindings, GlobSet.Escape));

    /// <summary>As <see cref="Expand(Bindings)"/>, for a path, without <c>.</c> segments inside.</summary>
    public string ExpandPath(Bindings bindings) => WithoutDots(Expand(bindings));

    private static string WithoutDots(string path)
    {
        while (path.Contains("/./", StringComparison.Ordinal))
            path = path.Replace("/./", "/", StringComparison.Ordinal);
        return path;
    }

    private string Expand(Bindings bindings, Func<string, string> escape) =>
        string.Concat(_parts.Select(p => p.IsName ? escape(bindings.Values[p.Text]) : p.Text));

    private sealed class ImmutableParts : List<(string Text, bool IsName)>;
}
