using System.Runtime.Versioning;
using GitIntent.Arv.Packages.Tests.Support;

namespace GitIntent.Arv.Packages.Tests;

/// <summary>What goes wrong around the gates is said once, and never passes for green.</summary>
[Collection(Packed.Name)]
[Trait("Category", "Packages")]
public sealed class DirtyCases(Feed feed)
{
    [Fact]
    public async Task A_bad_configuration_is_one_error_at_its_line()
    {
        using var user = await feed.TwelveAsync();
        user.Replace("arv.yml", "    title: Words", "    titel: Words");

        var result = await user.DotNetAsync("build");

        result.ExitCode.ShouldBe(1);
        var said = result.Lines.Where(static l => l.Contains(": error ", StringComparison.Ordinal)).Select(static l => l.Trim()).Distinct().ShouldHaveSingleItem();
        said.ShouldStartWith($"{user.At("arv.yml")}(4,5): error ARV0020: ");
        said.ShouldContain("titel");
    }

    [UnixTheory]
    [UnsupportedOSPlatform("windows")]
    [InlineData("kill -SEGV $$", "arv ended with exit code 139 and without a whole report")]
    [InlineData("printf 'arv\\t1\\t0\\n'; exit 0", "arv ended with exit code 0 and without a whole report")]
    [InlineData("printf 'arv\\t1\\t0\\nrun\\tpassed\\t0\\t\\t\\n'; exit 1", "arv reported passed and then ended with exit code 1")]
    [InlineData("printf 'arv\\t1\\t0\\nrun\\tfailed\\t1\\t\\t\\n'; exit 1", "arv reported failed without a finding")]
    [InlineData("printf 'arv\\t2\\t0\\nrun\\tpassed\\t0\\t\\t\\n'", "without a whole report")]
    [InlineData("printf 'arv\\t1\\t0\\nsomething else\\nrun\\tpassed\\t0\\t\\t\\n'", "without a whole report. something else")]
    [InlineData("exit 0", "without a whole report")]
    [InlineData("echo 'error: no space left' >&2; exit 41", "error ARV0041: no space left")]
    [InlineData("exec sleep 600", "arv did not end within 100ms, and was ended")]
    public async Task A_tool_that_crashes_hangs_or_says_what_does_not_fit_is_an_error(string script, string said)
    {
        using var user = await feed.OneAsync();
        var tools = Script(user, script);

        var result = await user.DotNetAsync($"build -p:_ArvTools={tools} -p:ArvTimeout=100ms");

        result.ExitCode.ShouldBe(1, result.Output);
        result.Lines.Where(static l => l.Contains(": error ARV", StringComparison.Ordinal)).Select(static l => l.Trim()).Distinct().ShouldHaveSingleItem().ShouldContain(said);
    }

    [UnixTheory]
    [UnsupportedOSPlatform("windows")]
    [InlineData("exit 127", true)]
    [InlineData("echo 'version GLIBC_9.99 not found' >&2; exit 1", true)]
    [InlineData("echo 'The required instruction sets are not supported by the current CPU.' >&2; kill -ABRT $$", true)]
    [InlineData("exit 0", false)]
    public async Task Where_the_native_tool_does_not_start_the_managed_one_runs(string script, bool executable)
    {
        using var user = await feed.OneAsync();
        user.Write("App/Wrong.cs", "// forbidden words\n");
        var tools = Script(user, script);
        Directory.CreateSymbolicLink(Path.Combine(tools, "any"), Path.Combine(feed.Unpacked, "gitintent.arv.msbuild", Feed.Version, "tools", "any"));
        if (!executable)
            File.SetUnixFileMode(Path.Combine(tools, Feed.Rid, "dotnet-arv"), UnixFileMode.UserRead);

        var result = await user.DotNetAsync($"build -p:_ArvTools={tools} -v:normal");

        result.ExitCode.ShouldBe(1, result.Output);
        result.Said("WRD001").Count.ShouldBe(1);
        result.Output.ShouldContain("The native arv does not run here, so the managed one does");
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_missing_runtime_is_one_error_that_says_what_to_install()
    {
        using var user = await feed.OneAsync();
        var any = Directory.CreateDirectory(user.At("../tools/any")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(feed.Unpacked, "gitintent.arv.msbuild", Feed.Version, "tools", "any")))
            File.Copy(file, Path.Combine(any, Path.GetFileName(file)));
        // To the host, a tool for a runtime to come is what ours is where there are only older ones.
        user.Replace("../tools/any/dotnet-arv.runtimeconfig.json", "\"version\": \"10.0.0\"", "\"version\": \"99.0.0\"");

        var result = await user.DotNetAsync($"build -p:_ArvTools={Path.GetFullPath(user.At("../tools"))}");

        result.ExitCode.ShouldBe(1, result.Output);
        result.Lines.Where(static l => l.Contains(": error ARV", StringComparison.Ordinal)).Select(static l => l.Trim()).Distinct().ShouldHaveSingleItem()
            .ShouldContain("error ARV0041: arv needs the runtime of .NET 10 or later on this system: install it, or the .NET 10 SDK.");
    }

    [UnixFact]
    public async Task A_read_only_obj_changes_nothing()
    {
        using var user = await feed.OneAsync();
        user.Write("App/Program.cs", "// forbidden words\n");
        await user.DotNetAsync("restore");
        (await DotNet.RunAsync(user.Start("chmod", "-R", "a-w", "App/obj"))).ExitCode.ShouldBe(0);

        (await user.DotNetAsync("build --no-restore")).Said("WRD001").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("näyttö 日本")]
    [InlineData("50% (x); a'b @(c)")]
    public async Task Any_path_will_do(string name)
    {
        using var user = (await feed.OneAsync()).Renamed(name);
        user.Write("App/Wrong.cs", "// forbidden words\n");

        var result = await user.DotNetAsync("build", "App");

        result.ExitCode.ShouldBe(1, result.Output);
        result.Said("WRD001").ShouldHaveSingleItem().ShouldStartWith($"{user.At("App/Wrong.cs")}(1,4): error WRD001");
    }

    [Fact]
    public async Task Two_builds_at_once_have_the_same_verdict()
    {
        using var user = await feed.TwelveAsync();
        user.Write("P1/Wrong.cs", "// forbidden words\n");
        await user.DotNetAsync("restore");

        var builds = await Task.WhenAll(user.DotNetAsync("build -t:ArvGates --no-restore"), user.DotNetAsync("build -t:ArvGates --no-restore"));

        builds.ShouldAllBe(static b => b.ExitCode == 1 && b.Said("WRD001").Count == 1 && b.Said("ARV0003").Count == 0);
    }

    /// <summary>A folder of tools in which the native one is a script.</summary>
    [UnsupportedOSPlatform("windows")]
    private static string Script(Sandbox user, string script)
    {
        user.Write($"../tools/{Feed.Rid}/dotnet-arv", $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(user.At($"../tools/{Feed.Rid}/dotnet-arv"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Path.GetFullPath(user.At("../tools"));
    }
}
