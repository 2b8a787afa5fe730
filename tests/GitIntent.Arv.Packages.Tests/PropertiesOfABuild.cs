using GitIntent.Arv.Packages.Tests.Support;

namespace GitIntent.Arv.Packages.Tests;

/// <summary>Each property of docs/msbuild.md does what is said there.</summary>
[Collection(Packed.Name)]
[Trait("Category", "Packages")]
public sealed class PropertiesOfABuild(Feed feed)
{
    private const string Refused = """
          none:
            title: Nothing to look at
            checks: { missing: { include: ["*.nothing"], text: { NON001: { forbid: x, message: x, invalid: [x], valid: [y] } } } }

        """;

    private const string Command = """
          commands:
            title: Commands
            checks: { fails: { exec: { run: [dotnet, exec, none.dll] } } }

        """;

    [Theory]
    [InlineData("-p:ArvOnly=words", 0, "")]
    [InlineData("-p:ArvSkip=none", 0, "")]
    [InlineData("-p:ArvSkip=none%3bwords%3bnone", 1, "error ARV0003: The run could not judge: nothing was judged")]
    [InlineData("-p:ArvTreatRefusedAs=error", 1, "error ARV0003: Gate none could not judge: none/missing: nothing matches *.nothing")]
    [InlineData("-p:ArvTreatRefusedAs=warning", 0, "warning ARV0003: Gate none could not judge: none/missing: nothing matches *.nothing")]
    [InlineData("-p:ArvTreatRefusedAs=warning -p:NoWarn=ARV0003", 0, "warning ARV0003")]
    [InlineData("-p:ArvTreatRefusedAs=silence", 1, "error ARV0020: ArvTreatRefusedAs: expected error or warning, found \"silence\"")]
    [InlineData("-p:ArvTimeout=soon", 1, "error ARV0020: ArvTimeout: expected a time such as 500ms, 10s, 5m, 1h, or none, found \"soon\"")]
    [InlineData("-p:ArvOnly=nothing", 1, "error ARV0020: there is no gate \"nothing\"")]
    [InlineData("-p:ArvConfig=other.yml", 1, "error ARV0021: --config: there is no file \"other.yml\"")]
    [InlineData("-p:ArvConfig=others/green.yml", 0, "")]
    [InlineData("-p:ArvRoot=../others", 0, "")]
    [InlineData("-p:ArvRoot=none", 1, "error ARV0021: There is no such folder.")]
    public async Task What_is_judged_and_what_a_refusal_weighs(string arguments, int exitCode, string said)
    {
        using var user = await feed.OneAsync();
        user.Write("arv.yml", Templates.Gates + Refused).Write("others/green.yml", Templates.Gates).Write("others/arv.yml", Templates.Gates.Replace("*.cs", "*.txt", StringComparison.Ordinal)).Write("others/a.txt", "allowed words\n");

        var result = await user.DotNetAsync($"build {arguments}");

        result.ExitCode.ShouldBe(exitCode, result.Output);
        var lines = result.Said("ARV0003", "ARV0020", "ARV0021");
        lines.Count.ShouldBe(said.Length == 0 ? 0 : 1, result.Output);
        if (said.Length > 0)
            lines[0].ShouldContain(said);
    }

    [Theory]
    [InlineData("build -p:ArvOnly=commands", 0, "nothing to judge in an ordinary build")]
    [InlineData("build -p:ArvOnly=commands -p:ArvExec=true", 1, "ARV3001")]
    [InlineData("build -t:Arv -p:ArvOnly=commands", 1, "ARV3001")]
    [InlineData("build -t:Arv -p:ArvOnly=commands -p:ArvExec=false", 0, "nothing to judge in an ordinary build")]
    public async Task Commands_run_where_they_are_asked_for(string arguments, int exitCode, string said)
    {
        using var user = await feed.OneAsync();
        user.Write("arv.yml", Templates.Gates + Command);

        var result = await user.DotNetAsync(arguments);

        result.ExitCode.ShouldBe(exitCode, result.Output);
        result.Output.ShouldContain(said);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task A_build_goes_on_after_a_failed_gate_or_stops(string property, bool compiles)
    {
        using var user = await feed.OneAsync();
        user.Write("App/Wrong.cs", "// forbidden words\nsyntax error\n");

        var result = await user.DotNetAsync($"build -p:ArvContinueOnError={property}");

        result.ExitCode.ShouldBe(1);
        result.Said("WRD001").Count.ShouldBe(1);
        result.Output.Contains("error CS", StringComparison.Ordinal).ShouldBe(compiles);
    }

    [Theory]
    [InlineData("pack -o out")]
    [InlineData("publish App -o out")]
    [InlineData("msbuild App -t:Pack -p:PackageOutputPath=../out")]
    [InlineData("msbuild App -t:Publish -p:PublishDir=../out/")]
    [InlineData("build -p:GeneratePackageOnBuild=true -p:PackageOutputPath=../out")]
    public async Task Nothing_is_packed_or_published_behind_a_failed_gate(string command)
    {
        using var user = await feed.OneAsync();
        user.Replace("App/App.csproj", "<PropertyGroup>", "<PropertyGroup><IsPackable>true</IsPackable>").Write("App/Wrong.cs", "// forbidden words\n");

        var failed = await user.DotNetAsync(command);

        failed.ExitCode.ShouldBe(1, failed.Output);
        failed.Said("WRD001").Count.ShouldBe(1);
        Directory.Exists(user.At("out")).ShouldBeFalse(failed.Output);

        user.Write("App/Wrong.cs", "// other words\n");
        var mended = await user.DotNetAsync(command);
        mended.ExitCode.ShouldBe(0, mended.Output);
        Directory.EnumerateFiles(user.At("out")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Without_central_versions_a_package_reference_does_and_it_reaches_no_consumer()
    {
        using var user = await feed.OneAsync();
        File.Delete(user.At("Directory.Packages.props"));
        user.Write("Directory.Build.props", $"""<Project><ItemGroup><PackageReference Include="GitIntent.Arv.MSBuild" Version="{Feed.Version}" PrivateAssets="all" /></ItemGroup></Project>""")
            .Replace("App/App.csproj", "<PropertyGroup>", "<PropertyGroup><IsPackable>true</IsPackable>");

        var packed = await user.DotNetAsync("pack -o out");
        packed.ExitCode.ShouldBe(0, packed.Output);
        Nupkg.Spec(Directory.EnumerateFiles(user.At("out")).Single()).ShouldNotContain("GitIntent.Arv");

        user.Write("App/Wrong.cs", "// forbidden words\n");
        (await user.DotNetAsync("build")).Said("WRD001").Count.ShouldBe(1);
    }
}
