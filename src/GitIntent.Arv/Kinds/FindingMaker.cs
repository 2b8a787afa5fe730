using GitIntent.Arv.Documents;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Kinds;

/// <summary>Makes findings of built-in codes; the check's own <c>rule</c>, <c>message</c>, <c>remedy</c> and <c>help</c> have precedence.</summary>
internal sealed class FindingMaker(FindingSettings settings)
{
    /// <param name="message">What was found. A <c>message</c> of the check stands before it, since it cannot know what was found.</param>
    public Finding Make(string code, string message, string remedy, string? path) => new()
    {
        Rule = settings.Rule ?? code,
        Severity = settings.Severity,
        Message = settings.Message is null ? message : $"{settings.Message}: {message}",
        Remedy = settings.Remedy ?? remedy,
        Help = settings.Help,
        Path = path,
        Anchor = path ?? "",
    };

    private RuleInfo Describe(string code, string message, string remedy, string looks) => new(settings.Rule ?? code, settings.Severity, settings.Message ?? message)
    {
        Remedy = settings.Remedy ?? remedy,
        Help = settings.Help,
        Looks = looks,
    };

    public RuleInfo Describe(RuleInfo code, string looks) => Describe(code.Id, code.Message, code.Remedy!, looks);

    public static TextSpan Span(Mark start, Mark end) => new(start.Line, start.Column, end.Line, end.Column);
}
