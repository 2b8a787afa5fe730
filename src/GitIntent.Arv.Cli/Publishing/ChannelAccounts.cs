using GitIntent.Arv.GitHub;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.Cli.Publishing;

/// <summary>Says what became of each channel, below the workflow commands.</summary>
internal static class ChannelAccounts
{
    /// <param name="accounts">In any order.</param>
    /// <param name="commands">Workflow commands, for the runner; it reads both streams.</param>
    /// <param name="output">Where they and the accounts go.</param>
    /// <param name="context">Takes what cannot be written there.</param>
    public static async Task SayAsync(IEnumerable<ChannelAccount> accounts, StringWriter commands, TextWriter output, CliContext context)
    {
        // An account may quote what a server answered.
        foreach (var account in accounts.OrderBy(static a => a.Channel))
            commands.WriteLine(EscapeWorkflowLog.Line(EscapeTerminal.Text(account.ToString())));
        try
        {
            await output.WriteAsync(commands.ToString()).ConfigureAwait(false);
            await output.FlushAsync().ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await context.Error.WriteLineAsync(EscapeTerminal.Text($"error: cannot write what became of the channels: {e.Message}")).ConfigureAwait(false);
        }
    }
}
