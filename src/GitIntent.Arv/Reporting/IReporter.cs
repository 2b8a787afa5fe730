using GitIntent.Arv.Model;

namespace GitIntent.Arv.Reporting;

/// <summary>A form of the report: one file, and one line in <c>Reporters</c>. It sees the report and nothing else.</summary>
internal interface IReporter
{
    /// <summary>The option that asks for it: <c>json</c> for <c>--json FILE</c>.</summary>
    string Name { get; }

    /// <summary>What the form is called in help: <c>JSON</c>.</summary>
    string Title { get; }

    /// <summary>Writes the whole report; untrusted text in it is escaped as the form needs.</summary>
    void Write(RunReport report, TextWriter output);
}
