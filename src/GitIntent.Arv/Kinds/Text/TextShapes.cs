using GitIntent.Arv.Config;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Text;

/// <summary>The grammar of the block <c>text</c>.</summary>
internal static class TextShapes
{
    private static readonly Shape Text = new TextShape();

    private static readonly Shape Globs = new ListShape(new TextShape("a gitignore pattern relative to the repository's root", accept: static pattern => GlobSet.Check(pattern) is null));

    private static readonly Shape Pattern = new ScalarOrMapShape(
        new TextShape("a literal text, or { regex: … }"),
        new RecordShape([new("regex", new TextShape("a pattern"), "A pattern in RE2's syntax; ^ and $ match at lines.", Required: true)]));

    private static readonly Shape Rule = new RecordShape(
    [
        new("forbid", Pattern, "Each match is a finding."),
        new("require", Pattern, "Each file must have a match; with across: any, one file of the set."),
        new("where", Pattern, "Only files that have a match of this are judged."),
        new("across", new WordShape("any"), "any: it is enough that one file has what is required."),
        new("severity", new WordShape("error", "warning", "note", "off"), "How much a finding weighs; off turns the rule off and needs a reason."),
        new("reason", Text, "Why the rule is off."),
        new("message", Text, "What is wrong, in one sentence."),
        new("remedy", Text, "How to mend it."),
        new("help", Text, "A path in the repository, or an address, that says more."),
        new("include", Globs, "Of the check's inputs only these; gitignore patterns."),
        new("exclude", Globs, "Of the check's inputs not these; gitignore patterns."),
        new("invalid", new ListShape(Text), "Contents in which the rule must find something; tried whenever the configuration is loaded."),
        new("valid", new ListShape(Text), "Contents in which the rule must find nothing; tried whenever the configuration is loaded."),
    ], exactlyOneOf: ["forbid", "require"]);

    public static readonly Shape Rules = new MapShape("rule", Rule, "an id such as ABC001", "^[A-Z]{2,8}[0-9]{3,5}$", IsRuleId);

    private static bool IsRuleId(string id)
    {
        var letters = id.AsSpan().IndexOfAnyExceptInRange('A', 'Z');
        return letters is >= 2 and <= 8 && id.Length - letters is >= 3 and <= 5 && !id.AsSpan(letters).ContainsAnyExceptInRange('0', '9');
    }
}
