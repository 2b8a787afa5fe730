using System.Text;
using GitIntent.Arv.Config;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Kinds.Text;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Tests.Kinds.Text;

/// <summary>Reads rules as a check's block, and runs them over files in memory.</summary>
internal static class TextChecks
{
    public static ConfigErrors ErrorsOf(string yaml)
    {
        var errors = new ConfigErrors();
        Read(yaml, errors);
        return errors;
    }

    public static TextCheck Read(string yaml, FindingSettings? settings = null)
    {
        var errors = new ConfigErrors();
        var check = Read(yaml, errors, settings);
        errors.All.ShouldBeEmpty();
        return check.ShouldNotBeNull();
    }

    public static CheckOutcome Run(string yaml, params (string Path, string Text)[] files) =>
        Run(Read(yaml), [.. files.Select(static f => (f.Path, Encoding.UTF8.GetBytes(f.Text)))]);

    public static CheckOutcome Run(TextCheck check, (string Path, byte[] Bytes)[] files, string[]? include = null, TimeProvider? time = null) =>
        check.RunAsync(Context(files, include, time), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public static CheckContext Context((string Path, byte[] Bytes)[] files, string[]? include = null, TimeProvider? time = null)
    {
        var workspace = Workspace.Open(new MemorySource(files), CancellationToken.None);
        return new CheckContext
        {
            Workspace = workspace,
            Inputs = new Selection(workspace.Files, [], []),
            Include = GlobSet.Parse(include ?? []),
            Time = time ?? TimeProvider.System,
        };
    }

    /// <summary>Findings as <c>path:line:column-endLine:endColumn rule</c>, in order of place.</summary>
    public static string[] Places(CheckOutcome outcome) =>
    [
        .. outcome.Findings
            .OrderBy(f => f.Path, StringComparer.Ordinal).ThenBy(f => f.Span.Line).ThenBy(f => f.Span.Column).ThenBy(f => f.Rule, StringComparer.Ordinal)
            .Select(f => $"{f.Path}:{f.Span.Line}:{f.Span.Column}-{f.Span.EndLine}:{f.Span.EndColumn} {f.Rule}"),
    ];

    private static TextCheck? Read(string yaml, ConfigErrors errors, FindingSettings? settings = null)
    {
        var kind = new TextKind();
        var block = YamlNodes.Read(yaml);
        kind.Shape.Check(block, "text", errors);
        return errors.Count > 0 ? null : (TextCheck)kind.Read(block, new CheckReading(errors, new HashSet<string>(), settings ?? FindingSettings.Default, static _ => null));
    }

    private sealed class MemorySource((string Path, byte[] Bytes)[] files) : IWorkspaceSource
    {
        public string? Root => null;

        public SourceListing List(CancellationToken stop) =>
            new([.. files.OrderBy(f => f.Path, StringComparer.Ordinal).Select(f => new SourceEntry(f.Path, EntryType.File, true, false))]);

        public SourceListing ListIgnored(string folder, CancellationToken stop) => new([]);

        public SourceEntry? Find(string path) => List(CancellationToken.None).Entries.Where(e => e.Path == path).Select(e => (SourceEntry?)e).FirstOrDefault();

        public FileBytes Read(string path, CancellationToken stop) => new(files.First(f => f.Path == path).Bytes, null);
    }
}
