using Microsoft.Build.Framework;

namespace GitIntent.Arv.MSBuild;

/// <summary>
/// Says findings as warnings and errors of the build. A place has a line and a column and no end: GitHub's problem matcher for .NET knows no range of four numbers.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class LogFindings : Microsoft.Build.Utilities.Task
{
    public ITaskItem[] Findings { get; set; } = [];

    /// <summary>The rule whose warnings are said; empty: all that no property decides on.</summary>
    public string Rule { get; set; } = "";

    /// <summary>What to make of them: <c>hidden</c>, <c>warning</c>, <c>error</c>.</summary>
    public string As { get; set; } = "";

    public override bool Execute()
    {
        var kind = Rule.Length == 0 ? Finding.FixedKind : Rule;
        foreach (var finding in Findings.Select(Finding.Of).Where(f => f.Kind == kind))
        {
            if (As == WarningPolicy.Hidden)
                Log.LogMessage(null, finding.Code, null, finding.File, finding.Line, finding.Column, 0, 0, MessageImportance.Low, finding.Message, null);
            else if (finding.IsError || As == WarningPolicy.Error)
                Log.LogError(null, finding.Code, null, finding.HelpLink, finding.File, finding.Line, finding.Column, 0, 0, finding.Message, null);
            else
                Log.LogWarning(null, finding.Code, null, finding.HelpLink, finding.File, finding.Line, finding.Column, 0, 0, finding.Message, null);
        }
        return !Log.HasLoggedErrors;
    }
}
