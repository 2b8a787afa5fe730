using System.Runtime.CompilerServices;

namespace GitIntent.Arv.Tests.Support;

/// <summary>Files with what is expected. <c>ARV_ACCEPT=1</c> writes what came instead, for a person to read in the diff.</summary>
internal static class Golden
{
    /// <summary>The folder of the calling test's source.</summary>
    public static string SourceFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    public static void ShouldMatch(string actual, string expectedFile)
    {
        actual = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("ARV_ACCEPT") == "1")
            File.WriteAllText(expectedFile, actual);
        File.Exists(expectedFile).ShouldBeTrue($"{expectedFile} is missing; ARV_ACCEPT=1 writes it");
        actual.ShouldBe(File.ReadAllText(expectedFile), $"differs from {expectedFile}; ARV_ACCEPT=1 accepts it");
    }
}
