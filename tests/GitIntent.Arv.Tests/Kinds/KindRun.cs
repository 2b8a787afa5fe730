using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tests.Support;
using GitIntent.Arv.Tree;
using GitIntent.Arv.Tree.Disk;

namespace GitIntent.Arv.Tests.Kinds;

/// <summary>A kind's block, read and run over a folder, without the runner.</summary>
internal sealed class KindRun(ICheckKind kind, TempFolder folder)
{
    public Dictionary<string, string> Names { get; } = [];

    public FindingSettings Settings { get; init; } = FindingSettings.Default;

    /// <summary>The mistakes of a block, as <c>line:column: message</c>; a line each.</summary>
    public string Mistakes(string block, bool hasInclude = true)
    {
        Read(block, hasInclude, out var errors);
        return string.Join('\n', errors.All.Select(e => (e.Source == "arv.yml" ? "" : e.Source + ":") + string.Create(CultureInfo.InvariantCulture, $"{e.Mark.Line}:{e.Mark.Column}: {e.Message}")));
    }

    public ICheck Read(string block, bool hasInclude = true)
    {
        var check = Read(block, hasInclude, out var errors);
        errors.All.ShouldBeEmpty();
        return check!;
    }

    public CheckOutcome Run(string block, params string[] include)
    {
        var workspace = Workspace.Open(DiskSource.Open(folder.Path), CancellationToken.None);
        var context = new CheckContext
        {
            Workspace = workspace,
            Inputs = workspace.Select(FileQuery.Everything with { Include = GlobSet.Parse(include) }, CancellationToken.None),
            Bindings = new Bindings(Names.ToFrozenDictionary(StringComparer.Ordinal)),
            Settings = Settings,
            Time = TimeProvider.System,
        };
        var run = Read(block, include.Length > 0).RunAsync(context, CancellationToken.None);
        return run.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>What a run came to: <c>RULE path:line:column message</c> a line each, then <c>refused: …</c>.</summary>
    public string Say(string block, params string[] include)
    {
        var outcome = Run(block, include);
        var lines = outcome.Findings.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Rule} {f.Path ?? "-"}:{f.Span.Line}:{f.Span.Column} {f.Message}"))
            .Order(StringComparer.Ordinal);
        return string.Join('\n', outcome.Refusal is null ? lines : lines.Append("refused: " + outcome.Refusal));
    }

    private ICheck? Read(string block, bool hasInclude, out ConfigErrors errors)
    {
        errors = new ConfigErrors();
        var node = DocumentReader.Read("arv.yml", Encoding.UTF8.GetBytes(block), DocumentFormat.Yaml, DocumentLimits.Default);
        kind.Shape.Check(node, "check \"c\"", errors);
        if (errors.Count > 0)
            return null;
        return kind.Read(node, new CheckReading(errors, Names.Keys.ToHashSet(StringComparer.Ordinal), Settings, Resource) { HasInclude = hasInclude });
    }

    private byte[]? Resource(string path) => File.Exists(folder.At(path)) ? File.ReadAllBytes(folder.At(path)) : null;
}
