using System.Text;
using GitIntent.Arv.Reporting;

namespace GitIntent.Arv.GitHub;

/// <summary>A file that the runner makes for a step and reads when it has ended. Earlier commands of the step may have written to it.</summary>
internal static class RunnerFile
{
    /// <param name="channel">The channel that the file is.</param>
    /// <param name="variable">The variable that names the file.</param>
    /// <param name="file">Its value; null when it is not set.</param>
    /// <param name="make">Told how many bytes the file has, says what to append, and the account of it; null for nothing.</param>
    public static ChannelAccount Append(Channel channel, string variable, string? file, Func<long, (string? Text, ChannelAccount Account)> make)
    {
        if (file is null) return new ChannelAccount(channel, ChannelOutcome.Denied, $"{variable} names no file");

        try
        {
            // Not made where it is missing: nobody would read it. To open a pipe for both ways never waits, as it would for writing alone.
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
            if (!stream.CanSeek) return new ChannelAccount(channel, ChannelOutcome.Denied, $"what {variable} names is not a file");

            var (text, account) = make(stream.Length);
            if (text is not null)
            {
                stream.Seek(0, SeekOrigin.End);
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush();
            }

            return account;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var why = EscapeWorkflowLog.Inline(EscapeTerminal.Text(e.Message));
            return new ChannelAccount(channel, ChannelOutcome.Denied, $"the file that {variable} names cannot be written: {why}");
        }
    }
}
