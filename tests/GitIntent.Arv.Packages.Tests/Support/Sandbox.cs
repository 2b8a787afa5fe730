using System.Diagnostics;

namespace GitIntent.Arv.Packages.Tests.Support;

/// <summary>A folder of a user, gone after the test.</summary>
public sealed class Sandbox : IDisposable
{
    private readonly Feed _feed;
    private readonly string _parent = Directory.CreateTempSubdirectory("arv-user-").FullName;

    internal Sandbox(Feed feed, string name = "work")
    {
        _feed = feed;
        Folder = Directory.CreateDirectory(Path.Combine(_parent, name)).FullName;
        File.Copy(Path.Combine(feed.Folder, "nuget.config"), Path.Combine(_parent, "nuget.config"));
    }

    public string Folder { get; private set; }

    public Sandbox Renamed(string name)
    {
        var renamed = Path.Combine(_parent, name);
        Directory.Move(Folder, renamed);
        Folder = renamed;
        return this;
    }

    internal static Sandbox In(string folder, Feed feed) => new(feed) { Folder = folder };

    internal static Sandbox CopyOf(string template, Feed feed, string name = "work")
    {
        var sandbox = new Sandbox(feed, name);
        foreach (var folder in Directory.EnumerateDirectories(template, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(sandbox.Folder, Path.GetRelativePath(template, folder)));
        foreach (var file in Directory.EnumerateFiles(template, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(sandbox.Folder, Path.GetRelativePath(template, file)));
        return sandbox;
    }

    public string At(string path) => Path.Combine(Folder, path);

    public Sandbox Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
        return this;
    }

    public Sandbox Replace(string path, string old, string @new)
    {
        var text = File.ReadAllText(At(path));
        text.ShouldContain(old);
        return Write(path, text.Replace(old, @new, StringComparison.Ordinal));
    }

    /// <summary>Runs <c>dotnet</c> with a line of arguments that have no spaces.</summary>
    internal Task<DotNet.Result> DotNetAsync(string arguments) => DotNet.RunAsync(Folder, _feed, arguments.Split(' '));

    internal Task<DotNet.Result> DotNetAsync(params string[] arguments) => DotNet.RunAsync(Folder, _feed, arguments);

    internal ProcessStartInfo Start(params string[] command) => DotNet.Start(Folder, _feed, command);

    /// <summary>As <see cref="DotNetAsync(string)"/>, with the programs that the system was asked to start for it.</summary>
    internal async Task<(DotNet.Result Result, IReadOnlyList<string> Started)> TracedAsync(string arguments)
    {
        var trace = Path.Combine(_parent, "trace");
        var result = await DotNet.RunAsync(Start(["strace", "-f", "--seccomp-bpf", "-qq", "-s", "4096", "-e", "trace=execve", "-e", "status=successful", "-o", trace, DotNet.Host, .. arguments.Split(' ')]));
        return (result, [.. File.ReadLines(trace).Where(static l => l.Contains("execve(", StringComparison.Ordinal))]);
    }

    /// <summary>How often the tool was started to run gates, in the words of the operating system.</summary>
    internal static int RunsOfGates(IEnumerable<string> started) =>
        started.Count(static l => l.Contains("dotnet-arv", StringComparison.Ordinal) && l.Contains("\"run-all\"", StringComparison.Ordinal));

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            using var writable = Process.Start("chmod", ["-R", "u+w", _parent]);
            writable.WaitForExit();
        }
        Directory.Delete(_parent, recursive: true);
    }
}
