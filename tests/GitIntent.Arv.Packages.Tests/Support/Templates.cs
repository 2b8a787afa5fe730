using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Packages.Tests.Support;

/// <summary>Solutions as <c>dotnet new</c> makes them, with the package and gates; made once, and copied by the tests.</summary>
internal static class Templates
{
    public const string Gates = """
        version: 1
        gates:
          words:
            title: Words
            include: ["*.cs"]
            exclude: [obj/, bin/]
            checks:
              banned:
                text:
                  WRD001:
                    forbid: forbidden words
                    message: These words are forbidden
                    remedy: Use others.
                    help: https://example.com/words
                    invalid: [forbidden words]
                    valid: [allowed words]
                  WRD002: { forbid: later, message: Something is left for later, severity: warning, invalid: [later], valid: [now] }
                  WRD003: { forbid: perhaps, message: Decide, severity: warning, invalid: [perhaps], valid: [yes] }

        """;

    private const string CentralVersions = $"""
        <Project>
          <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
          <ItemGroup><GlobalPackageReference Include="GitIntent.Arv.MSBuild" Version="{Feed.Version}" /></ItemGroup>
        </Project>

        """;

    /// <summary>Adds a project of one test to a solution, whose package is then referenced without central management.</summary>
    public static void AddTests(Sandbox user, string name, string statement)
    {
        user.Write($"{name}/{name}.csproj", XunitProject.Text("<IsTestProject>true</IsTestProject>"));
        user.Write($"{name}/{name}.cs", $$"""public class {{name}} { [Xunit.Fact] public void Holds() => {{statement}}; }""" + "\n");
        File.Delete(user.At("Directory.Packages.props"));
        user.Write("Directory.Build.props", $"""<Project><ItemGroup><PackageReference Include="GitIntent.Arv.MSBuild" Version="{Feed.Version}" PrivateAssets="all" /></ItemGroup></Project>""");
    }

    public static async Task<string> OneAsync(Feed feed)
    {
        var folder = await NewAsync(feed, "one");
        await Run(folder, feed, "new console -n App -o App --no-restore");
        await Run(folder, feed, "sln add App");
        await Run(folder, feed, "build");
        return folder;
    }

    public static async Task<string> TwelveAsync(Feed feed)
    {
        var folder = await NewAsync(feed, "twelve");
        for (var i = 1; i <= 12; i++)
        {
            await Run(folder, feed, $"new classlib -n P{i} -o P{i} --no-restore");
            if (i > 1)
                Insert(Path.Combine(folder, $"P{i}", $"P{i}.csproj"), $"""<ItemGroup><ProjectReference Include="../P{i - 1}/P{i - 1}.csproj" /></ItemGroup>""");
        }
        await Run(folder, feed, ["sln", "add", .. Enumerable.Range(1, 12).Select(static i => $"P{i}")]);
        await Run(folder, feed, "build");
        return folder;
    }

    public static async Task<string> FrameworksAsync(Feed feed)
    {
        var folder = await NewAsync(feed, "frameworks");
        foreach (var name in new[] { "A", "B" })
        {
            await Run(folder, feed, $"new classlib -n {name} -o {name} --no-restore");
            var project = Path.Combine(folder, name, $"{name}.csproj");
            File.WriteAllText(project, File.ReadAllText(project).Replace("<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net10.0;net9.0</TargetFrameworks>", StringComparison.Ordinal));
            // No other framework's reference assemblies are on every machine: these do for a class.
            Insert(project, """
                <PropertyGroup Condition="'$(TargetFramework)' == 'net9.0'"><DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences></PropertyGroup>
                <ItemGroup Condition="'$(TargetFramework)' == 'net9.0'">
                  <Reference Include="$(NetCoreTargetingPackRoot)/Microsoft.NETCore.App.Ref/$(BundledNETCoreAppPackageVersion)/ref/net10.0/*.dll" />
                </ItemGroup>
                """);
        }
        Insert(Path.Combine(folder, "B", "B.csproj"), """<ItemGroup><ProjectReference Include="../A/A.csproj" AdditionalProperties="Odd=1" /></ItemGroup>""");
        // What is built twice, with and without the property, is built side by side: each needs files of its own.
        Insert(Path.Combine(folder, "A", "A.csproj"), """<PropertyGroup Condition="'$(Odd)' == '1'"><OutputPath>bin/odd/</OutputPath><IntermediateOutputPath>obj/odd/</IntermediateOutputPath></PropertyGroup>""");
        await Run(folder, feed, "sln add A B");
        File.WriteAllText(Path.Combine(folder, "A", "Later.cs"), "// later\n");
        await Run(folder, feed, "build");
        return folder;
    }

    private static async Task<string> NewAsync(Feed feed, string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(feed.Folder, "templates", name)).FullName;
        await Run(folder, feed, "new sln -n All --format sln");
        await Run(folder, feed, "new gitignore");
        File.WriteAllText(Path.Combine(folder, "Directory.Packages.props"), CentralVersions);
        File.WriteAllText(Path.Combine(folder, "arv.yml"), Gates);
        return folder;
    }

    private static void Insert(string project, string xml) =>
        File.WriteAllText(project, File.ReadAllText(project).Replace("</Project>", xml + "\n</Project>", StringComparison.Ordinal));

    private static Task Run(string folder, Feed feed, string arguments) => Run(folder, feed, arguments.Split(' '));

    private static async Task Run(string folder, Feed feed, string[] arguments)
    {
        var result = await DotNet.RunAsync(folder, feed, arguments);
        result.ExitCode.ShouldBe(0, result.Output);
    }
}
