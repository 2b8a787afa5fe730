using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Config;

/// <summary>
/// The declared form of <c>arv.yml</c>. The blocks of the kinds come from the kinds themselves; what stands here is
/// what all checks have in common.
/// </summary>
internal static partial class ConfigGrammar
{
    /// <summary>Kinds that the grammar has a word for and this version does not.</summary>
    private static readonly string[] LaterKinds =
        [.. new[] { "exec", "artifact", "reliability", "symbols" }.Where(name => CheckKinds.Find(name) is null)];

    private static readonly Shape Glob = new TextShape("a gitignore pattern relative to the repository's root", accept: static pattern => GlobSet.Check(pattern) is null);

    private static readonly Shape Globs = new NamedShape("patterns", new ListShape(Glob));

    private static readonly Shape GlobOrGlobs = new OneOrListShape(Glob);

    private static readonly Shape Condition = new RecordShape(
        [
            new Key("exists", GlobOrGlobs, "Only when something in the repository has this path, or matches this pattern; of a list, one."),
            new Key("missing", GlobOrGlobs, "Only when nothing in the repository has this path, or matches this pattern; of a list, none."),
            new Key("changed", Globs, "Only when one of these paths changed.", Later: true),
        ],
        atLeastOneOf: ["exists", "missing"]);

    private static readonly Shape When = new OneOrListShape(Condition);

    private static readonly Shape ForEach = new RecordShape(
        [
            new Key("path", new TextShape("a pattern such as connectors/*/; a slash at its end means folders"), "Which folders (or, without a slash at the end, files) a check is made for.", Required: true),
            new Key("as", new TextShape("a regular expression with named groups"), "What the last segment of each path must be, whole; its named groups become {names}."),
        ]);

    /// <summary>What a gate may give as a default for its checks, and a check for itself.</summary>
    public static readonly ImmutableArray<Key> Modifiers =
    [
        new("include", Globs, "Which files are the inputs. A check's own list replaces its gate's."),
        new("exclude", Globs, "Which files are not."),
        new("ignored", new BooleanShape(), "Whether what a .gitignore leaves out counts too."),
        new("min_inputs", new IntegerShape(1, int.MaxValue), "Fewer inputs than this refuse the check. Default 1."),
        new("for_each", ForEach, "One check for each matching folder or file."),
        new("let", new MapShape("name", new TextShape("a place such as \"package.json#/version\""), "a name such as entry", "^[a-z][a-z0-9_]*$", static name => NamePattern().IsMatch(name)), "Values read from documents, for {name}."),
        new("when", When, "Only when this holds (of a list: all of it); else the check is skipped, with this as the reason."),
        new("needs", new ListShape(new TextShape("a check's id, or gate/check")), "Checks that must have passed before."),
        new("timeout", new TextShape(Duration.Expected, Duration.Pattern, Duration.IsValid), "After this long the check is refused. Default 10m."),
        new("severity", new WordShape("error", "warning", "note", "off"), "What its findings weigh. Default error."),
        new("reason", new TextShape(), "Why it is off."),
        new("rule", new TextShape("a rule id such as ABC001", RuleIdPattern, static id => RuleId().IsMatch(id)), "The rule id of its findings."),
        new("message", new TextShape(), "What its findings say."),
        new("remedy", new TextShape(), "How to mend them."),
        new("help", new TextShape("a path in the repository or an address"), "Where more is said."),
        new("service", AnyShape.Instance, "A server that the check needs.", Later: true),
        new("steps", AnyShape.Instance, "Several commands in turn.", Later: true),
        new("produces", AnyShape.Instance, "What the check makes.", Later: true),
    ];

    public const string RuleIdPattern = "^[A-Z]{2,8}[0-9]{3,5}$";

    private static readonly ImmutableArray<string> Kinds = [.. CheckKinds.All.Select(static k => k.Name)];

    /// <summary>The blocks that a check, or an item of its <c>any_of</c>, may have.</summary>
    private static readonly ImmutableArray<Key> Blocks =
    [
        .. CheckKinds.All.Select(static kind => new Key(kind.Name, new NamedShape(kind.Name, kind.Shape), kind.Doc)),
        .. LaterKinds.Select(static name => new Key(name, AnyShape.Instance, "", Later: true)),
    ];

    public static readonly RecordShape Check = new(
        [
            new Key("title", new TextShape(), "What the report calls it."),
            .. Blocks,
            new Key("any_of", new ListShape(new RecordShape(Blocks, exactlyOneOf: Kinds)), "One of these must pass."),
            .. Modifiers,
        ],
        exactlyOneOf: [.. Kinds, "any_of"]);

    public static readonly RecordShape Gate = new(
        [
            new Key("title", new TextShape(), "What the report calls it."),
            new Key("checks", new MapShape("check", Check, IdExpected, IdPattern, IsId), "Its checks, by id.", Required: true),
            .. Modifiers,
        ]);

    public static readonly RecordShape Root = new(
        [
            new Key("version", new WordShape("1"), "The version of this grammar: 1.", Required: true),
            new Key("extends", new ListShape(new TextShape("a preset or a file inside the repository")), "What this builds on: presets, or files inside the repository; later wins."),
            new Key("exclude", Globs, "What no gate looks at."),
            new Key("gates", new MapShape("gate", Gate, IdExpected, IdPattern, IsId), "The gates, by id, in the order of the report.", Required: true),
            new Key("suppress", AnyShape.Instance, "Findings that do not count.", Later: true),
            new Key("baseline", AnyShape.Instance, "Findings that were there before.", Later: true),
            new Key("policy", AnyShape.Instance, "Who may change what.", Later: true),
        ]);

    private const string IdExpected = "lower-case letters, digits and hyphens, such as contract-tests";
    private const string IdPattern = "^[a-z0-9-]+$";

    public static bool IsId(string text) => Id().IsMatch(text);

    public static bool IsRuleId(string text) => RuleId().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9-]+\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\A[A-Z]{2,8}[0-9]{3,5}\z")]
    private static partial Regex RuleId();

    [GeneratedRegex(@"\A[a-z][a-z0-9_]*\z")]
    private static partial Regex NamePattern();
}
