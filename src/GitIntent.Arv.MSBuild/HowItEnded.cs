namespace GitIntent.Arv.MSBuild;

/// <summary>What a started program can end with beside the command's own codes (<see cref="Model.ExitCodes"/>), and the codes of diagnostics that are made of both: <c>ARV0020</c>.</summary>
internal static class HowItEnded
{
    /// <summary>Not the tool's: it was made to end.</summary>
    public const int TimedOut = -1;

    /// <summary>As the shell has it.</summary>
    public const int NotStarted = 126;

    /// <summary>The host of .NET found no runtime that fits.</summary>
    public const int NoRuntime = 150;

    public static string Diagnostic(int code) => "ARV" + (code & 0xFFF).ToString("D4", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// Whether a program that reported nothing may not have been started at all: the loader's and the shell's codes, an instruction that the processor does not
    /// know, and what the runtime of a native program says before it ends itself on a processor older than the program was compiled for.
    /// </summary>
    public static bool IsOfLoader(int code, IEnumerable<string> errors) =>
        code is 1 or NotStarted or 127 or 132 || errors.Any(static e => e.StartsWith("The required instruction sets are not supported by the current CPU", StringComparison.Ordinal));
}
