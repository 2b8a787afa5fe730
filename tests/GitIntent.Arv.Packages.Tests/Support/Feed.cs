using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GitIntent.Arv.Packages.Tests.Support;

/// <summary>
/// All packages, packed once as anybody would pack them, in a folder; and what the tests build in: packages of their own, no network.
/// </summary>
public sealed class Feed : IAsyncLifetime, IDisposable
{
    public const string Version = "0.1.0";

    private readonly Lazy<Task<string>> _one;
    private readonly Lazy<Task<string>> _twelve;
    private readonly Lazy<Task<string>> _frameworks;

    public Feed()
    {
        _one = new(() => Templates.OneAsync(this));
        _twelve = new(() => Templates.TwelveAsync(this));
        _frameworks = new(() => Templates.FrameworksAsync(this));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("arv-packages-").FullName;

    public string Packages => Path.Combine(Folder, "feed");

    /// <summary>Where the packages of test solutions are unpacked.</summary>
    public string Unpacked => Path.Combine(Folder, "nuget");

    public static string Rid => RuntimeInformation.RuntimeIdentifier;

    /// <summary>Whether this machine could make the native tool.</summary>
    public bool HasNative => File.Exists(Package($"GitIntent.Arv.{Rid}"));

    public string Package(string id) => Path.Combine(Packages, $"{id}.{Version}.nupkg");

    public static string Root { get; } = RootOf();

    private static string RootOf([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));

    /// <summary>A console program with the package, its gates green.</summary>
    public async Task<Sandbox> OneAsync() => Sandbox.CopyOf(await _one.Value, this);

    /// <summary>Twelve libraries in a solution, each but the first with a reference to the one before.</summary>
    public async Task<Sandbox> TwelveAsync() => Sandbox.CopyOf(await _twelve.Value, this);

    /// <summary>Two libraries with two target frameworks each; one refers to the other with a property of its own.</summary>
    public async Task<Sandbox> FrameworksAsync() => Sandbox.CopyOf(await _frameworks.Value, this);

    /// <summary>The very folders that the others are copies of: for builds that change nothing in them.</summary>
    public async Task<Sandbox> InOneAsync() => Sandbox.In(await _one.Value, this);

    public async Task<Sandbox> InTwelveAsync() => Sandbox.In(await _twelve.Value, this);

    public async Task<Sandbox> InFrameworksAsync() => Sandbox.In(await _frameworks.Value, this);

    public Sandbox Empty() => new(this);

    public async Task InitializeAsync()
    {
        var packed = await DotNet.RunAsync(Root, this, ["pack", "-c", "Release", "-o", Packages, "--nologo", "-v", "quiet"], forRepository: true);
        packed.ExitCode.ShouldBe(0, packed.Output);
        FallbackOf(Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>What the tests of this repository are built with, for tests inside of tests; none of our own packages.</summary>
    private void FallbackOf(string userPackages)
    {
        var fallback = Directory.CreateDirectory(Path.Combine(Folder, "fallback")).FullName;
        foreach (var package in Directory.EnumerateDirectories(userPackages).Where(static p => !Path.GetFileName(p).StartsWith("gitintent.", StringComparison.OrdinalIgnoreCase)))
            Directory.CreateSymbolicLink(Path.Combine(fallback, Path.GetFileName(package)), package);
        File.WriteAllText(Path.Combine(Folder, "nuget.config"), $"""
            <configuration>
              <packageSources><clear /><add key="feed" value="{Packages}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="restored" value="{fallback}" /></fallbackPackageFolders>
            </configuration>
            """);
    }
}

[CollectionDefinition(Name)]
public sealed class Packed : ICollectionFixture<Feed>
{
    public const string Name = "packages";
}
