namespace GitIntent.Arv.MSBuild;

/// <summary>What the command exits with (docs/exit-codes.md), and the codes of diagnostics that are made of it: <c>ARV0020</c>.</summary>
internal static class ExitCodes
{
    public const int Ready = 0;
    public const int Failed = 1;
    public const int Refused = 3;
    public const int Usage = 20;
    public const int NotFound = 21;
    public const int Crash = 40;
    public const int Machine = 41;

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
