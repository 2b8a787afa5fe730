using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace GitIntent.Arv.Tests.Architecture;

/// <summary>A file of the sources, as far as the layers are concerned.</summary>
/// <param name="Path">Relative to <c>src</c>, with <c>/</c>.</param>
/// <param name="Code">Its text without comments and without what stands in quotes.</param>
internal sealed partial record SourceFile(string Path, string Code)
{
    public string Namespace => NamespaceLine().Match(Code).Groups["name"].Value;

    /// <summary>The namespaces it names: by using lines, and by names in the code.</summary>
    public ImmutableArray<string> Used => [.. UsingLine().Matches(Code).Concat(FullName().Matches(Code)).Select(static m => m.Groups["name"].Value).Distinct()];

    public static SourceFile Of(string path, string text) => new(path, NotCode().Replace(text, static m => m.Value[0] == '/' ? "" : "\"\""));

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^\s*(?:global )?using (?:static |\w+ = )?(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex UsingLine();

    /// <summary>Also from within <c>GitIntent.Arv</c>, where the first part may be left out: <c>Config.Duration</c>.</summary>
    [GeneratedRegex(@"(?<![\w.])(?<name>(?:GitIntent\.Arv\.)?(?:Cli|Config|Kinds|Planning|Policy|Reporting|Running)(?:\.[A-Z]\w*)+)")]
    private static partial Regex FullName();

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|"{3,}.*?"{3,}|@"(?:[^"]|"")*"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'""", RegexOptions.Singleline)]
    private static partial Regex NotCode();
}

internal static class SourceTree
{
    public static string Root([CallerFilePath] string here = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "../../.."));

    public static ImmutableArray<SourceFile> Read()
    {
        var src = System.IO.Path.Combine(Root(), "src");
        return [.. Directory.EnumerateFiles(src, "*.cs", SearchOption.AllDirectories)
            .Select(file => (file, path: System.IO.Path.GetRelativePath(src, file).Replace('\\', '/')))
            .Where(static f => !f.path.Contains("/obj/") && !f.path.Contains("/bin/"))
            .OrderBy(static f => f.path, StringComparer.Ordinal)
            .Select(static f => SourceFile.Of(f.path, File.ReadAllText(f.file)))];
    }
}
