using System.Globalization;
using System.Xml;

namespace GitIntent.Arv.Kinds.Exec.Results;

/// <summary>
/// Reads JUnit files of any writer (pytest, vitest, Jest, gotestsum, nextest, Surefire, GoogleTest …): there is no standard, so only what all
/// of them write is relied on. A suite that counts more failures than it lists is a failure itself: one that broke before its first test.
/// </summary>
internal sealed class JUnitReader(XmlReader xml, TestResults into)
{
    private readonly Stack<Suite> _suites = new();

    private sealed record Suite(string Name, string? File, long Claimed)
    {
        public int Failed { get; set; }
    }

    public void Read()
    {
        do
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                if (xml.LocalName is "testsuites" or "testsuite")
                    OpenSuite();
                else if (xml.LocalName == "testcase")
                    ReadCase();
            }
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName is "testsuites" or "testsuite")
            {
                CloseSuite();
            }
        }
        while (xml.Read());
    }

    private void OpenSuite()
    {
        _suites.Push(new Suite(
            Attribute("name"), xml.GetAttribute("file") ?? xml.GetAttribute("filepath"), Count("failures") + Count("errors")));
        if (xml.IsEmptyElement)
            CloseSuite();
    }

    private void CloseSuite()
    {
        var suite = _suites.Pop();
        if (suite.Claimed > suite.Failed)
        {
            into.AddFailed(new FailedTest
            {
                Name = suite.Name.Length > 0 ? suite.Name : "(the run)",
                Message = $"the suite counts {suite.Claimed} failed, and lists {suite.Failed}",
                Files = suite.File is null ? [] : [suite.File],
            });
            suite.Failed++;
        }
        if (_suites.TryPeek(out var outer))
            outer.Failed += Math.Max(suite.Failed, (int)Math.Min(suite.Claimed, int.MaxValue / 2));
    }

    private void ReadCase()
    {
        var (name, type) = (Attribute("name"), Attribute("classname"));
        var files = new[] { xml.GetAttribute("file"), _suites.Peek().File, type }.OfType<string>().Where(static file => file.Length > 0).ToList();
        var line = int.TryParse(xml.GetAttribute("line"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        var skipped = xml.GetAttribute("status") is "notrun" or "skipped" or "disabled" || xml.GetAttribute("result") is "skipped" or "suppressed";
        var (failed, message, trace) = (false, "", "");
        var depth = xml.Depth;
        var empty = xml.IsEmptyElement;
        while (!empty && xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.Depth != depth + 1)
                continue;
            if (xml.LocalName is "failure" or "error" && !failed)
            {
                failed = true;
                message = ResultText.Shorten(xml.GetAttribute("message"), ResultText.LongestText);
                trace = ResultText.OfElement(xml);
            }
            else if (xml.LocalName == "skipped")
            {
                skipped = true;
            }
        }
        if (failed)
            Fail(new FailedTest { Name = FullName(type, name), Message = message.Length > 0 ? message : FirstLine(trace), Trace = trace, Files = files, Line = line });
        else if (skipped)
            into.AddSkipped();
        else
            into.AddPassed();
    }

    private void Fail(FailedTest test)
    {
        into.AddFailed(test);
        _suites.Peek().Failed++;
    }

    private static string FullName(string type, string name) =>
        type.Length == 0 || name.StartsWith(type, StringComparison.Ordinal) ? name
        : type.AsSpan().IndexOfAny("/\\ ") >= 0 ? $"{type} > {name}"
        : $"{type}.{name}";

    private static string FirstLine(string text) => text.TrimStart().Split('\n', 2)[0].TrimEnd();

    private string Attribute(string name) => ResultText.Shorten(xml.GetAttribute(name), ResultText.LongestName);

    private long Count(string name) =>
        long.TryParse(xml.GetAttribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
}
