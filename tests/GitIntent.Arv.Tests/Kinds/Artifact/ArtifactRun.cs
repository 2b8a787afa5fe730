using System.Collections.Frozen;
using System.Text;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Kinds.Artifact;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tests.Support;
using GitIntent.Arv.Tree;
using GitIntent.Arv.Tree.Disk;

namespace GitIntent.Arv.Tests.Kinds.Artifact;

/// <summary>A tree of artifacts, and checks on it.</summary>
internal sealed class ArtifactRun : IDisposable
{
    public TempFolder Tree { get; } = new();

    /// <summary>The values of declared names.</summary>
    public Dictionary<string, string> Values { get; } = [];

    public string[] Exclude { get; set; } = [];

    public Func<IWorkspaceSource, IWorkspaceSource> Source { get; set; } = static source => source;

    public static IReadOnlyList<string> Errors(string block) => Read(block, []).Errors;

    public async Task<CheckOutcome> Run(string block)
    {
        var (check, errors) = Read(block, Values.Keys);
        errors.ShouldBeEmpty();
        var workspace = Workspace.Open(Source(DiskSource.Open(Tree.Path)), default);
        return await check!.RunAsync(new CheckContext
        {
            Workspace = workspace,
            Inputs = workspace.Select(new FileQuery(GlobSet.Parse([]), GlobSet.Parse(Exclude), Ignored: true), default),
            Bindings = new Bindings(Values.ToFrozenDictionary(StringComparer.Ordinal)),
            Time = TimeProvider.System,
        }, default);
    }

    /// <summary>The findings as lines, and the refusal.</summary>
    public async Task<string[]> Say(string block)
    {
        var outcome = await Run(block);
        return [.. outcome.Findings.Select(static finding => $"{finding.Rule} {finding.Message}"), .. outcome.Refusal is null ? [] : new[] { $"refused {outcome.Refusal}" }];
    }

    public void Dispose() => Tree.Dispose();

    private static (ICheck? Check, IReadOnlyList<string> Errors) Read(string block, IEnumerable<string> names)
    {
        var errors = new ConfigErrors();
        var kind = new ArtifactKind();
        var node = DocumentReader.Read("arv.yml", Encoding.UTF8.GetBytes(block), DocumentFormat.Yaml, DocumentLimits.Default);
        kind.Shape.Check(node, "artifact", errors);
        var check = errors.Count > 0 ? null : kind.Read(node, new CheckReading(errors, names.ToHashSet(), FindingSettings.Default, static _ => null));
        return (check, [.. errors.All.Select(static error => error.ToString())]);
    }
}
