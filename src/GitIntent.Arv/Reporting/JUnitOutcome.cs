using System.Text;
using System.Xml;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Reporting;

/// <summary>What became of a check, inside its <c>testcase</c>.</summary>
internal static class JUnitOutcome
{
    public static void Write(XmlWriter xml, CheckReport check, IReadOnlyCollection<Finding> findings)
    {
        var open = findings.Where(static f => f.Suppressed is null).ToList();
        switch (check.Verdict)
        {
            case Verdict.Failed:
                // One element: readers that know several show only the first.
                var worst = open.MaxBy(static f => f.Severity);
                Element(xml, "failure", worst is null ? "failed" : Phrases.Findings(open), worst?.Rule ?? "failed", Text(open));
                break;
            case Verdict.Refused:
                Element(xml, "error", check.Reason ?? "could not judge", "refused", Text(open));
                break;
            case Verdict.Skipped:
                Element(xml, "skipped", check.Reason ?? "not asked for", null, "");
                break;
            default:
                if (open.Count > 0) Block(xml, "system-out", Text(open));
                break;
        }

        if (LongText.OutputTail(check) is { IsEmpty: false } tail)
            Block(xml, "system-err", string.Concat(tail.Select(static line => JUnitText.Line(line, startsLine: true) + "\n")));
    }

    private static void Element(XmlWriter xml, string name, string message, string? type, string text)
    {
        xml.WriteStartElement(name);
        xml.WriteAttributeString("message", JUnitText.Line(message));
        if (type is not null) xml.WriteAttributeString("type", JUnitText.Line(type));
        if (text.Length > 0) xml.WriteString("\n" + text);
        xml.WriteEndElement();
    }

    private static void Block(XmlWriter xml, string name, string text)
    {
        xml.WriteStartElement(name);
        xml.WriteString("\n" + text);
        xml.WriteEndElement();
    }

    /// <summary>The findings as the console has them: path, line and column first, so that editors make links of them.</summary>
    private static string Text(IEnumerable<Finding> findings)
    {
        var text = new StringBuilder();
        foreach (var finding in findings)
        {
            var place = finding.Path is { } path ? $"{path}:{Phrases.Number(finding.Span.Line)}:{Phrases.Number(finding.Span.Column)}: " : "";
            var (first, more) = LongText.Split(finding.Message);
            text.Append(JUnitText.Line($"{place}{Phrases.Of(finding.Severity)} {finding.Rule}: {first}", startsLine: true)).Append('\n');
            foreach (var line in more)
                text.Append(JUnitText.Line("    | " + line)).Append('\n');
            if (finding.Remedy is { } remedy) text.Append(JUnitText.Line("    remedy: " + remedy)).Append('\n');
            if (finding.Help is { } help) text.Append(JUnitText.Line("    help: " + help)).Append('\n');
        }

        return text.ToString();
    }
}

/// <summary>
/// Untrusted text in XML: what is no character there (XML 1.0, 2.2) is a control character or half a surrogate pair, and those are spelled
/// out or replaced. The escape of <c>##[</c> is for <c>--junit -</c>, which prints into the log.
/// </summary>
internal static class JUnitText
{
    public static string Line(string text, bool startsLine = false)
    {
        text = EscapeTerminal.Text(text).Replace('\uFFFE', '\uFFFD').Replace('\uFFFF', '\uFFFD');
        return startsLine ? EscapeWorkflowLog.Line(text) : EscapeWorkflowLog.Inline(text);
    }
}
