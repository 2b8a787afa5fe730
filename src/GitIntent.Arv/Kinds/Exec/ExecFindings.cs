using System.Collections.Immutable;
using GitIntent.Arv.Model;
using GitIntent.Arv.Processes;

namespace GitIntent.Arv.Kinds.Exec;

/// <summary>Collects findings: the check's own words where it has some, ours where not.</summary>
internal sealed class ExecFindings(FindingSettings settings, CommandText text)
{
    private readonly ImmutableArray<Finding>.Builder _all = ImmutableArray.CreateBuilder<Finding>();

    public int Count => _all.Count;

    public ImmutableArray<Finding> All => _all.ToImmutable();

    /// <param name="anchor">What tells it from others of the same rule and path, whatever the message says.</param>
    public void Add(RuleInfo rule, string message, string anchor, string? path = null, int line = 1)
    {
        var isOurs = rule.Severity != Severity.Error; // a remark about the command, not what the check is for
        var own = settings.Message is null || isOurs ? message : $"{settings.Message}: {message}";
        _all.Add(new Finding
        {
            Rule = isOurs ? rule.Id : settings.Rule ?? rule.Id,
            Severity = isOurs ? rule.Severity : settings.Severity,
            Message = text.Clean(own),
            Remedy = isOurs ? rule.Remedy : settings.Remedy ?? rule.Remedy,
            Path = path,
            Span = new TextSpan(line, 1, line, 1),
            Anchor = $"{rule.Id}:{anchor}",
            Help = settings.Help,
        });
    }
}
