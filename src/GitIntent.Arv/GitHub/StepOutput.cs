using System.Text;
using GitIntent.Arv.Model;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.GitHub;

/// <summary>Outputs of the step. A value stands between random words that are not in it, so that none can end itself early and name another output.</summary>
internal static class StepOutput
{
    /// <param name="report">What the run came to.</param>
    /// <param name="file">The file that GITHUB_OUTPUT names.</param>
    /// <param name="json">Where the JSON report is; empty where none was asked for.</param>
    /// <param name="newWord">Makes a random word of one line.</param>
    public static ChannelAccount Write(RunReport report, string? file, string json, Func<string> newWord)
    {
        var summary = Summary.Of(report);
        (string Name, string Value)[] outputs =
        [
            ("verdict", Phrases.Of(report.Verdict)), ("exit-code", Phrases.Number(report.ExitCode)), ("report", json),
            ("errors", Phrases.Number(summary.Errors)), ("warnings", Phrases.Number(summary.Warnings)),
        ];
        return RunnerFile.Append(Channel.Output, "GITHUB_OUTPUT", file, _ =>
        {
            // What somebody wrote before may lack its line end; the runner skips empty lines.
            var text = new StringBuilder("\n");
            foreach (var (name, value) in outputs)
                Append(text, name, value, newWord);
            return (text.ToString(), new ChannelAccount(Channel.Output, ChannelOutcome.Published, string.Join(", ", outputs.Select(static o => o.Name))));
        });
    }

    private static void Append(StringBuilder text, string name, string value, Func<string> newWord)
    {
        var word = newWord();
        while (value.Contains(word, StringComparison.Ordinal))
            word = newWord();
        text.Append(name).Append("<<").Append(word).Append('\n').Append(value).Append('\n').Append(word).Append('\n');
    }
}
