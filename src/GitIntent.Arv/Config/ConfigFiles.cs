namespace GitIntent.Arv.Config;

/// <summary>Reads the files that a configuration is made of.</summary>
/// <param name="Read">A file of the repository by its path from the root, or null when it is not there or cannot be read.</param>
internal sealed record ConfigFiles(Func<string, byte[]?> Read)
{
    /// <summary>What a configuration names beside itself: <c>preset:gwi/connector.schema.json</c>, or a path in the repository.</summary>
    public byte[]? Resource(string name) => name.StartsWith(Presets.Prefix, StringComparison.Ordinal)
        ? Presets.ReadFile(name[Presets.Prefix.Length..])
        : RepositoryPath.IsInside(name) ? Read(name) : null;
}
