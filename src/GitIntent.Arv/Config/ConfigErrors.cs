using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Config;

/// <summary>One mistake in the configuration, at its place.</summary>
internal sealed record ConfigError(string Source, Mark Mark, string Message)
{
    public override string ToString() => $"{Source}:{Mark.Line}:{Mark.Column}: error: {Message}";
}

/// <summary>Collects mistakes, so that one go shows them all.</summary>
internal sealed class ConfigErrors
{
    private readonly List<ConfigError> _all = [];

    public IReadOnlyList<ConfigError> All => _all;

    /// <summary>Something that the configuration extends could not be read: what is missing may be there, and is no mistake of its own.</summary>
    public bool BaseIsMissing { get; set; }

    public int Count => _all.Count;

    public void Add(DocNode at, string message) => Add(at.Source, at.Start, message);

    public void AddKey(DocEntry at, string message) => Add(at.KeySource, at.KeyStart, message);

    public void Add(string source, Mark mark, string message) => _all.Add(new ConfigError(source, mark, message));
}
