using System.Collections.Immutable;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Config;

/// <summary>A configuration as written, with what it extends merged in; every value knows the file that it comes from.</summary>
/// <param name="Files">The files of the repository that make it up: no input of text rules, because their examples would match themselves.</param>
/// <param name="Named">Whether somebody wrote it, so that a gate with nothing to look at is refused and not skipped.</param>
internal sealed record ConfigDocument(DocMap Root, ImmutableArray<string> Files, bool Named);

/// <summary>Reads <c>arv.yml</c> and what it extends.</summary>
internal sealed class ConfigLoader(ConfigFiles files, ConfigErrors errors)
{
    /// <summary>A configuration is written by hand: a larger one is something else.</summary>
    public const int MaxBytes = 1 << 20;

    private static readonly DocumentLimits Limits = DocumentLimits.Default with { MaxBytes = MaxBytes, MaxDepth = 64, MaxNodes = 200_000 };

    private readonly List<string> _files = [];
    private readonly Stack<string> _open = new();

    /// <summary>What is used where a repository has no configuration.</summary>
    public ConfigDocument? LoadDefault() =>
        Parse("preset:default", Presets.Find("default")!) is { } root ? new ConfigDocument(Extend(root), [], Named: false) : null;

    /// <param name="path">The file's path from the root, or a path that is shown as it is.</param>
    /// <param name="bytes">Its content.</param>
    /// <returns>Null when a file cannot be read at all; mistakes are in the errors.</returns>
    public ConfigDocument? Load(string path, byte[] bytes)
    {
        _files.Add(path);
        _open.Push(path);
        if (Parse(path, bytes) is not { } root)
            return null;
        var merged = Extend(root);
        return new ConfigDocument(merged, [.. _files.Distinct(StringComparer.Ordinal)], Named: true);
    }

    private DocMap? Parse(string source, byte[] bytes)
    {
        try
        {
            var node = DocumentReader.Read(source, bytes, DocumentFormat.Yaml, Limits);
            if (node is DocMap map)
                return map;
            errors.Add(node, $"expected a map that starts with \"version: 1\"{(node is DocScalar { Text: "" } ? "; an empty file is no configuration" : $", found {Shape.Describe(node)}")}");
        }
        catch (DocumentException e)
        {
            errors.Add(e.SourceName, e.Mark, e.Message);
        }
        return null;
    }

    private DocMap Extend(DocMap root)
    {
        if (root["extends"] is not DocList list)
            return root;
        DocMap? under = null;
        foreach (var item in list.Items.OfType<DocScalar>().Where(static i => i.Text.Length > 0)) // an empty one is a mistake of form
        {
            if (Open(item) is { } map)
                under = under is null ? map : ConfigMerge.Over(under, map);
            else
                errors.BaseIsMissing = true;
        }
        return under is null ? root : ConfigMerge.Over(under, root);
    }

    private DocMap? Open(DocScalar item)
    {
        var name = item.Text;
        var isPreset = !name.Contains('/') && !name.Contains('.');
        var source = isPreset ? Presets.Prefix + name : name;
        if (_open.Contains(source))
        {
            errors.Add(item, $"extends: \"{name}\" extends itself, by way of {string.Join(", ", _open.Reverse())}");
            return null;
        }
        if (!isPreset && !RepositoryPath.IsInside(name))
        {
            errors.Add(item, $"extends: \"{name}\" is no path inside the repository; expected one relative to its root, such as build/base.yml");
            return null;
        }
        var bytes = isPreset ? Presets.Find(name) : files.Read(name);
        if (bytes is null)
        {
            errors.Add(item, isPreset
                ? $"extends: unknown preset \"{name}\";{Words.DidYouMean(name, Presets.Names)} expected one of {string.Join(", ", Presets.Names)}, or a file inside the repository"
                : $"extends: \"{name}\" cannot be read; expected a file inside the repository");
            return null;
        }
        if (!isPreset)
            _files.Add(name);
        _open.Push(source);
        var map = Parse(source, bytes) is { } root ? Extend(root) : null;
        _open.Pop();
        return map;
    }
}
