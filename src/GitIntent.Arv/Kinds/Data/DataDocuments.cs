using System.Collections.Immutable;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Data;

/// <summary>A document of a file.</summary>
internal readonly record struct DataDocument(string Path, DocNode Root);

/// <summary>The documents of one run of a check, each file read once.</summary>
internal sealed class DataDocuments(CheckContext context, EvidenceBuilder evidence, DataFindings make, List<Finding> findings)
{
    private readonly Dictionary<string, ImmutableArray<DataDocument>> _read = new(StringComparer.Ordinal);

    /// <summary>Empty where the file cannot be read, which is then a finding or refuses the check.</summary>
    public ImmutableArray<DataDocument> Of(WorkspaceFile file, CancellationToken stop)
    {
        if (!_read.TryGetValue(file.Path, out var documents))
            _read[file.Path] = documents = Read(file, stop);
        return documents;
    }

    /// <summary>The documents at this very path; null where there is no such file.</summary>
    public ImmutableArray<DataDocument>? At(string path, CancellationToken stop)
    {
        var look = context.Workspace.Look(path);
        if (look.State == PathState.Blocked)
        {
            evidence.Refuse(path, look.Reason!);
            return [];
        }
        return look.File is { } file ? Of(file, stop) : null;
    }

    private ImmutableArray<DataDocument> Read(WorkspaceFile file, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        evidence.Matched(file.Path);
        if (DocumentReader.FormatOf(file.Path) is not { } format)
        {
            evidence.Refuse($"{file.Path}: by its name no JSON, YAML, TOML or XML; narrow include");
            return [];
        }
        var (text, reason) = context.Workspace.Read(file, stop);
        if (text is null)
        {
            evidence.Refuse(file.Path, reason!);
            return [];
        }
        evidence.Read(file.Path);
        try
        {
            return [.. DocumentReader.ReadAll(file.Path, text.Bytes, format, DataRules.Limits).Select(root => new DataDocument(file.Path, root))];
        }
        catch (DocumentException e)
        {
            findings.Add(make.Unreadable(file.Path, e));
            return [];
        }
    }
}
