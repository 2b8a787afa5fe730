using System.Xml;

namespace GitIntent.Arv.Kinds.Exec.Results;

/// <summary>
/// Reads what <c>dotnet test --logger trx</c> (vstest) and Microsoft.Testing.Platform write: the schema vstst.xsd of Visual Studio 2010, of which only results and summary count.
/// A result with results inside (rows of data) is the sum of them.
/// </summary>
internal sealed class TrxReader(XmlReader xml, TestResults into)
{
    private readonly Stack<Frame> _open = new();
    private readonly int _failedBefore = into.Failed;
    private bool _inErrorInfo;
    private string? _summary;

    private sealed class Frame(string name, string outcome)
    {
        public string Name => name;

        public string Outcome => outcome;

        public string Message { get; set; } = "";

        public string Trace { get; set; } = "";

        public bool HasInner { get; set; }

        public bool InnerFailed { get; set; }
    }

    public void Read()
    {
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element)
                Start();
            else if (xml.NodeType == XmlNodeType.EndElement)
                End();
        }
        switch (_summary)
        {
            case "Aborted" or "Error" or "Timeout" or "Disconnected" or "InProgress":
                throw new ResultException($"the test run did not end well: its summary says \"{_summary}\"");
            case "Failed" when into.Failed == _failedBefore:
                into.AddFailed(new FailedTest { Name = "(the run)", Message = "the summary says \"Failed\", though no test is listed as failed" });
                break;
        }
    }

    private void Start()
    {
        switch (xml.LocalName)
        {
            case "UnitTestResult" or "GenericTestResult" or "TestResultAggregation":
                if (_open.TryPeek(out var outer))
                    outer.HasInner = true;
                _open.Push(new Frame(ResultText.Shorten(xml.GetAttribute("testName"), ResultText.LongestName), ResultText.Shorten(xml.GetAttribute("outcome"), 40)));
                if (xml.IsEmptyElement)
                    Close();
                break;
            case "ErrorInfo":
                _inErrorInfo = !xml.IsEmptyElement;
                break;
            case "Message" when _inErrorInfo && _open.TryPeek(out var test):
                test.Message = ResultText.OfElement(xml);
                break;
            case "StackTrace" when _inErrorInfo && _open.TryPeek(out var test):
                test.Trace = ResultText.OfElement(xml);
                break;
            case "ResultSummary":
                _summary = xml.GetAttribute("outcome");
                break;
        }
    }

    private void End()
    {
        switch (xml.LocalName)
        {
            case "UnitTestResult" or "GenericTestResult" or "TestResultAggregation":
                Close();
                break;
            case "ErrorInfo":
                _inErrorInfo = false;
                break;
        }
    }

    private void Close()
    {
        var test = _open.Pop();
        var failed = test.Outcome is not ("Passed" or "PassedButRunAborted" or "Completed" or "Warning")
            && test.Outcome is not ("NotExecuted" or "NotRunnable" or "Pending" or "Inconclusive");
        if (_open.TryPeek(out var outer))
            outer.InnerFailed |= failed || test.InnerFailed;
        if (failed && !test.InnerFailed)
            into.AddFailed(new FailedTest { Name = test.Name, Message = test.Message.Length > 0 ? test.Message : test.Outcome, Trace = test.Trace });
        else if (test.HasInner)
            return; // its rows have been counted
        else if (test.Outcome is "NotExecuted" or "NotRunnable" or "Pending" or "Inconclusive")
            into.AddSkipped();
        else
            into.AddPassed();
    }
}
