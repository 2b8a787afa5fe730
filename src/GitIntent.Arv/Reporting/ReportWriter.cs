using GitIntent.Arv.Model;

namespace GitIntent.Arv.Reporting;

/// <summary>Puts a report where the user wants it. A report that cannot be written never stops the next one.</summary>
internal static class ReportWriter
{
    public const string StandardOutput = "-";

    /// <param name="reporter">The form.</param>
    /// <param name="destination">A file, or <see cref="StandardOutput"/>.</param>
    /// <param name="report">What the run came to.</param>
    /// <param name="stdout">Standard output.</param>
    /// <returns>Null when the report is written whole; otherwise what went wrong, one line safe to print.</returns>
    public static string? Write(IReporter reporter, string destination, RunReport report, TextWriter stdout)
    {
        var to = destination == StandardOutput ? "standard output" : $"'{destination}'";
        try
        {
            if (destination == StandardOutput)
                ToStandardOutput(reporter, report, stdout);
            else
                ReportFile.Write(destination, output => reporter.Write(report, output));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return EscapeTerminal.Text($"cannot write the {reporter.Name} report to {to}: {e.Message}");
        }
#pragma warning disable CA1031 // a broken reporter must not hide what the others say
        catch (Exception e)
#pragma warning restore CA1031
        {
            return EscapeTerminal.Text($"cannot write the {reporter.Name} report to {to}: the reporter failed with {e.GetType().Name}: {e.Message}");
        }
    }

    private static void ToStandardOutput(IReporter reporter, RunReport report, TextWriter stdout)
    {
        try
        {
            reporter.Write(report, stdout);
            stdout.Flush();
        }
        catch (IOException e) when (IsBrokenPipe(e))
        {
            // The reader (head, less) has seen enough.
        }
    }

    /// <summary>EPIPE on Unix, where .NET puts errno into HResult; ERROR_BROKEN_PIPE and ERROR_NO_DATA on Windows.</summary>
    private static bool IsBrokenPipe(IOException e) => e.HResult is 32 or unchecked((int)0x8007006D) or unchecked((int)0x800700E8);
}
