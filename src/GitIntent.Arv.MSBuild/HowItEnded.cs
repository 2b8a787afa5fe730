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

    /// <summary>Whether a program that said nothing may not have been started at all: the loader's and the shell's codes, and an instruction that the processor does not know.</summary>
    public static bool IsOfLoader(int code) => code is 1 or NotStarted or 127 or 132;
}
