using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GitIntent.Arv.Bench;

/// <summary>What is compared: arv from these sources, the others from npm, in the versions that are named here.</summary>
internal static class Peers
{
    /// <summary>ripgrep for our dialect: ASCII, across lines, CRLF as LF, honouring ignore files as we do.</summary>
    public static readonly string[] AcrossLines = ["-U", "--crlf", "--no-unicode", "--no-config", "--no-require-git", "--hidden"];

    private static string Sources => SourcesOf();

    /// <summary>ripgrep 15.0.0, one static binary.</summary>
    public static string Ripgrep(string folder) => Get(folder, "@vscode/ripgrep-linux-x64", "1.18.0", "bin/rg");

    public static string AstGrep(string folder) => Get(folder, "@ast-grep/cli-linux-x64-gnu", "0.51.1", "ast-grep");

    /// <summary>What runs a script of TypeScript by node.</summary>
    public static string Tsx(string folder) => Get(folder, "tsx", "4.23.15", "dist/cli.mjs");

    /// <summary>The native command, where none is named.</summary>
    public static string Arv(string named, string folder) => named == "-" ? Path.Join(Publish("src/GitIntent.Arv.Cli", Path.Join(folder, "arv")), "dotnet-arv") : Path.GetFullPath(named);

    /// <summary>A native program that does nothing but print a version.</summary>
    public static string Hello(string folder) => Path.Join(Publish("bench/EmptyTool", Path.Join(folder, "hello")), "dotnet-empty");

    /// <summary>As fast as it goes, with the dialect of ours, and honouring ignore files as ours does.</summary>
    public static string[] Command(string ripgrep, string patterns) =>
        [ripgrep, "-f", patterns, "--no-unicode", "--no-config", "--no-require-git", "--hidden", "-n", "--column", "--no-heading", "-j2", "."];

    private static string Get(string folder, string package, string version, string file)
    {
        // Each in a folder of its own: npm takes away what it finds beside.
        var prefix = Directory.CreateDirectory(Path.Join(folder, "npm", package)).FullName;
        var path = Path.Join(prefix, "node_modules", package, file);
        Run("npm", ["install", "--silent", "--no-save", "--ignore-scripts", "--force", "--prefix", prefix, $"{package}@{version}"], prefix, path);
        return path;
    }

    private static string Publish(string project, string output)
    {
        Run("dotnet", ["publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-p:ArvNative=true", "-o", output, "-v", "quiet", "--nologo"], Sources, output);
        return output;
    }

    private static void Run(string program, string[] arguments, string folder, string made)
    {
        if (Path.Exists(made))
            return;
        using var process = Measurement.Start(program, arguments, folder, keep: true);
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0 || !Path.Exists(made))
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed:\n{said}");
    }

    private static string SourcesOf([CallerFilePath] string here = "") => Path.GetFullPath(Path.Join(Path.GetDirectoryName(here), "../.."));
}
