namespace GitIntent.Arv.Bench;

/// <summary>What is compared with, from npm.</summary>
internal static class Peers
{
    /// <summary>ripgrep 15.0.0, one static binary.</summary>
    public static string Ripgrep(string folder) => Get(folder, "@vscode/ripgrep-linux-x64", "1.18.0", "bin/rg");

    private static string Get(string folder, string package, string version, string file)
    {
        var path = Path.Join(folder, "node_modules", package, file);
        if (File.Exists(path))
            return path;
        using var npm = Measurement.Start("npm", ["install", "--silent", "--no-save", "--ignore-scripts", "--force", $"{package}@{version}"], folder, keep: true);
        npm.WaitForExit();
        return File.Exists(path) ? path : throw new InvalidOperationException($"npm could not install {package}@{version}");
    }

    /// <summary>As fast as it goes, with the dialect of ours, and honouring ignore files as ours does.</summary>
    public static string[] Command(string ripgrep, string patterns) =>
        [ripgrep, "-f", patterns, "--no-unicode", "--no-config", "--no-require-git", "--hidden", "-n", "--column", "--no-heading", "-j2", "."];
}
