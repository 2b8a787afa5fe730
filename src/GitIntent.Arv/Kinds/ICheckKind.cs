using System.Collections.Immutable;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Model;
using GitIntent.Arv.Scope;
using GitIntent.Arv.Tree;
using GitIntent.Arv.Tree.Reading;

namespace GitIntent.Arv.Kinds;

/// <summary>A kind of check: one folder, and one line in <see cref="CheckKinds"/>.</summary>
internal interface ICheckKind
{
    /// <summary>The key of its block in a check: <c>text</c>.</summary>
    string Name { get; }

    /// <summary>One sentence for editors and <c>--help</c>.</summary>
    string Doc { get; }

    /// <summary>Whether its checks start programs: an ordinary build and <c>--no-exec</c> leave these out.</summary>
    bool RunsCommands => false;

    /// <summary>The codes of its own findings, for <c>explain</c>; none where the rules are the user's.</summary>
    ImmutableArray<RuleInfo> Codes => [];

    /// <summary>The grammar of its block.</summary>
    Shape Shape { get; }

    /// <summary>Makes a check of a block that satisfied <see cref="Shape"/>; mistakes that a shape cannot say go to <see cref="CheckReading.Errors"/>.</summary>
    ICheck Read(DocNode block, CheckReading reading);
}

/// <summary>What a kind may use while it reads its block.</summary>
/// <param name="Names">The declared <c>{name}</c>s.</param>
/// <param name="Settings">The check's own modifiers that concern its findings.</param>
/// <param name="Resources">Files that the configuration names (schemas …): <c>preset:…</c> or a path in the repository; null when there is none.</param>
internal sealed record CheckReading(ConfigErrors Errors, IReadOnlySet<string> Names, FindingSettings Settings, Func<string, byte[]?> Resources)
{
    /// <summary>Whether the check, or its gate, has an <c>include</c>: without one its inputs are all files, which few kinds mean.</summary>
    public bool HasInclude { get; init; } = true;
}

/// <summary>The modifiers <c>severity rule message remedy help</c> of a check: what its findings say where the kind has nothing better.</summary>
internal sealed record FindingSettings(Severity Severity, string? Rule, string? Message, string? Remedy, string? Help)
{
    public static readonly FindingSettings Default = new(Severity.Error, null, null, null, null);
}

/// <summary>A check of some kind, read and ready; it has no state, and may run more than once and in parallel.</summary>
internal interface ICheck
{
    /// <summary>What it can find, for <c>list</c>, <c>plan</c> and <c>explain</c>.</summary>
    ImmutableArray<RuleInfo> Rules { get; }

    /// <summary>Whether a check of which the patterns select nothing is refused. Not so where missing files are what it looks for.</summary>
    bool NeedsInputs { get; }

    /// <summary>Whether it starts programs, where its kind's other checks do not.</summary>
    bool RunsCommands => false;

    /// <summary>The checks that it stands for, each run and reported by itself as <c>check/instance</c>; none where it stands for itself.</summary>
    ImmutableArray<CheckPart> Parts => [];

    /// <summary>Judges. Whatever it throws refuses the check; it observes <paramref name="stop"/>.</summary>
    ValueTask<CheckOutcome> RunAsync(CheckContext context, CancellationToken stop);
}

/// <summary>One of the checks that a check stands for.</summary>
/// <param name="Instance">What its id has after the slash.</param>
internal sealed record CheckPart(string Instance, string Title, ICheck Check);

/// <summary>A check that looks at its inputs' contents one file at a time: the runner reads each file once for all such checks.</summary>
internal interface IScanCheck : ICheck
{
    /// <summary>The scan of several checks of this kind together.</summary>
    IScan BeginScan(ImmutableArray<ScanPart> parts);
}

/// <summary>One check of a scan with its context; its index in the scan is its id there.</summary>
internal sealed record ScanPart(ICheck Check, CheckContext Context);

/// <summary>A pass over files, by several workers at once.</summary>
internal interface IScan
{
    /// <summary>A worker of one thread, with buffers of its own.</summary>
    IScanWorker NewWorker();

    /// <summary>What one part came to, after all visits. The runner adds the evidence of files that could not be read.</summary>
    CheckOutcome End(int part);
}

/// <summary>Looks at one file after the other; at each, one worker does, once.</summary>
internal interface IScanWorker
{
    /// <param name="parts">The indices of the parts whose inputs include this file.</param>
    /// <returns>Null, or why it could not be read to its end: what was found till then does not count.</returns>
    string? Visit(WorkspaceFile file, IByteStream bytes, ImmutableArray<int> parts, CancellationToken stop);
}

/// <summary>A rule as it is shown to people.</summary>
internal sealed record RuleInfo(string Id, Severity Severity, string Message)
{
    public string? Remedy { get; init; }

    public string? Help { get; init; }

    /// <summary>Why it is off, where it is.</summary>
    public string? Reason { get; init; }

    /// <summary>What it looks for, in the words of the configuration: <c>forbid regex (?i)foo</c>.</summary>
    public string? Looks { get; init; }

    /// <summary>How that is looked for, and so what it costs: <c>by "foo(", then at its place</c>.</summary>
    public string? Cost { get; init; }

    public ImmutableArray<string> Invalid { get; init; } = [];

    public ImmutableArray<string> Valid { get; init; } = [];
}

/// <summary>Everything a check may use while it runs.</summary>
internal sealed record CheckContext
{
    public required Workspace Workspace { get; init; }

    /// <summary>What the check's <c>include</c>, <c>exclude</c> and <c>ignored</c> select.</summary>
    public required Selection Inputs { get; init; }

    /// <summary>The check's include patterns: what one of them names by its extension is scanned whatever its bytes.</summary>
    public GlobSet Include { get; init; } = GlobSet.Parse([]);

    /// <summary>The check's <c>ignored</c>: its own patterns, too, see what a .gitignore leaves out.</summary>
    public bool Ignored { get; init; }

    public Bindings Bindings { get; init; } = Bindings.None;

    public FindingSettings Settings { get; init; } = FindingSettings.Default;

    public required TimeProvider Time { get; init; }

    /// <summary>The check's <c>timeout</c>, where it has one; a kind that starts commands ends them by it.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What the run shares among its checks; null where nothing may be started or written (<c>explain</c>, examples).</summary>
    public RunScope? Run { get; init; }
}
