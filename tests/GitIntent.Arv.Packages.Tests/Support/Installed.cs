namespace GitIntent.Arv.Packages.Tests.Support;

/// <summary>The tool, installed from the feed once.</summary>
internal sealed class Installed(Feed feed)
{
    private string Path => System.IO.Path.Combine(feed.Folder, "tool");

    public string Command => System.IO.Path.Combine(Path, OperatingSystem.IsWindows() ? "dotnet-arv.exe" : "dotnet-arv");

    public async Task<DotNet.Result> RunAsync(Sandbox user, params string[] arguments)
    {
        if (!File.Exists(Command))
        {
            var installed = await user.DotNetAsync("tool", "install", "GitIntent.Arv", "--tool-path", Path);
            installed.ExitCode.ShouldBe(0, installed.Output);
        }
        return await DotNet.RunAsync(user.Start([Command, .. arguments]));
    }
}
