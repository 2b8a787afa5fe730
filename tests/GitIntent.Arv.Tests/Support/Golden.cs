using System.Runtime.CompilerServices;
using System.Text;

namespace GitIntent.Arv.Tests.Support;

/// <summary>Files with what is expected. <c>ARV_ACCEPT=1</c> writes what came instead; the diff is then reviewed like code.</summary>
internal static class Golden
{
    private const int Context = 2;

    /// <summary>The folder of the calling test's source.</summary>
    public static string SourceFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    public static void ShouldMatch(string actual, string path)
    {
        if (Environment.GetEnvironmentVariable("ARV_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }
        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (actual != expected)
            Assert.Fail($"{path} differs. If the new text is right, run the test with ARV_ACCEPT=1\n{Difference(expected, actual)}");
    }

    /// <summary>The first difference, with the lines around it; the rest follows from it more often than not.</summary>
    private static string Difference(string expected, string actual)
    {
        var (old, now) = (expected.Split('\n'), actual.Split('\n'));
        var first = old.Zip(now).TakeWhile(static pair => pair.First == pair.Second).Count();
        var text = new StringBuilder();
        for (var i = Math.Max(0, first - Context); i < first; i++)
            text.Append("  ").AppendLine(old[i]);
        foreach (var line in old.Skip(first).Take(Context + 1))
            text.Append("- ").AppendLine(line);
        foreach (var line in now.Skip(first).Take(Context + 1))
            text.Append("+ ").AppendLine(line);
        return text.ToString();
    }
}
