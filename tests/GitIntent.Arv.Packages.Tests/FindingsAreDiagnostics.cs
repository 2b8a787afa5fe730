using System.Text.RegularExpressions;
using GitIntent.Arv.Packages.Tests.Support;

namespace GitIntent.Arv.Packages.Tests;

/// <summary>What the gates find are warnings and errors of the build, as good as the compiler's.</summary>
[Collection(Packed.Name)]
[Trait("Category", "Packages")]
public sealed partial class FindingsAreDiagnostics(Feed feed)
{
    private const string Wrong = "// forbidden words\n";
    private const string Warned = "// later, perhaps\n";

    /// <summary>The problem matcher of actions/setup-dotnet (.github/csc.json), which makes annotations of a log.</summary>
    [GeneratedRegex(@"^([^\s].*)\((\d+)(?:,\d+|,\d+,\d+)?\):\s+(error|warning)\s+([a-zA-Z]+(?<!MSB)\d+):\s*(.*?)\s+\[(.*?)\]$")]
    private static partial Regex SetupDotNetMatcher();

    [Fact]
    public async Task Each_is_shown_in_every_build_until_it_is_mended()
    {
        using var user = await feed.OneAsync();
        (await user.DotNetAsync("build")).ExitCode.ShouldBe(0);

        user.Write("App/Wrong.cs", "\n" + Wrong);
        for (var i = 0; i < 2; i++)
        {
            var broken = await user.DotNetAsync("build");
            broken.ExitCode.ShouldBe(1);
            var line = broken.Said("WRD001").ShouldHaveSingleItem();
            line.ShouldStartWith($"{user.At("App/Wrong.cs")}(2,4): error WRD001: These words are forbidden. Use others. (words/banned) [");
            var match = SetupDotNetMatcher().Match(line);
            match.Success.ShouldBeTrue();
            (match.Groups[1].Value, match.Groups[2].Value, match.Groups[4].Value).ShouldBe((user.At("App/Wrong.cs"), "2", "WRD001"));
            broken.Output.ShouldContain("App.dll", Case.Sensitive, "the compiler has its say in the same build");
        }

        user.Write("App/Wrong.cs", "// other words\n");
        (await user.DotNetAsync("build")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task An_address_that_says_more_is_a_link_where_the_terminal_has_links()
    {
        using var user = await feed.OneAsync();
        user.Write("App/Wrong.cs", Wrong);

        var result = await user.DotNetAsync("build", "--tl:on", "-p:ForceAnsi=true");

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("WRD001");
        result.Output.ShouldContain("https://example.com/words");
    }

    [Theory]
    [InlineData("-p:NoWarn=WRD002%3bWRD003", 0, "")]
    [InlineData("-p:NoWarn=WRD002", 0, "warning WRD003")]
    [InlineData("-p:WarningsAsErrors=WRD002", 1, "error WRD002, warning WRD003")]
    [InlineData("-p:TreatWarningsAsErrors=true", 1, "error WRD002, error WRD003")]
    [InlineData("-p:TreatWarningsAsErrors=true -p:WarningsNotAsErrors=WRD003", 1, "error WRD002, warning WRD003")]
    [InlineData("-warnaserror", 1, "error WRD002, error WRD003")]
    [InlineData("-warnaserror:WRD003", 1, "warning WRD002, error WRD003")]
    [InlineData("-nowarn:WRD003", 0, "warning WRD002")]
    [InlineData("-p:MSBuildWarningsAsErrors=WRD002", 1, "error WRD002, warning WRD003")]
    public async Task Warnings_weigh_what_the_command_line_says(string arguments, int exitCode, string said)
    {
        using var user = await feed.OneAsync();
        user.Write("App/Warned.cs", Warned);

        var result = await user.DotNetAsync($"build {arguments}");

        result.ExitCode.ShouldBe(exitCode, result.Output);
        Weights(result).ShouldBe(said);
    }

    [Theory]
    [InlineData("Directory.Build.props", "<NoWarn>$(NoWarn);wrd002,</NoWarn>", 0, "warning WRD003")]
    [InlineData("Directory.Build.targets", "<NoWarn>$(NoWarn);WRD002</NoWarn>", 0, "warning WRD003")]
    [InlineData("Directory.Build.props", "<TreatWarningsAsErrors>true</TreatWarningsAsErrors><WarningsNotAsErrors>WRD002</WarningsNotAsErrors>", 1, "warning WRD002, error WRD003")]
    [InlineData("Directory.Build.targets", "<WarningsAsErrors>WRD002; WRD003</WarningsAsErrors>", 1, "error WRD002, error WRD003")]
    public async Task And_what_a_file_for_all_projects_says(string file, string properties, int exitCode, string said)
    {
        using var user = await feed.OneAsync();
        user.Write("App/Warned.cs", Warned).Write(file, $"<Project><PropertyGroup>{properties}</PropertyGroup></Project>");

        var result = await user.DotNetAsync("build");

        result.ExitCode.ShouldBe(exitCode, result.Output);
        Weights(result).ShouldBe(said);
    }

    [TracedFact]
    public async Task Where_projects_disagree_each_finding_is_said_once_for_each_weight_and_the_gates_run_once()
    {
        using var user = await feed.FrameworksAsync();
        user.Write("A/Warned.cs", Warned).Replace("B/B.csproj", "<PropertyGroup>", "<PropertyGroup><NoWarn>$(NoWarn);WRD002</NoWarn><WarningsAsErrors>WRD003</WarningsAsErrors>");

        var (result, started) = await user.TracedAsync("build");

        Sandbox.RunsOfGates(started).ShouldBe(1);
        Weights(result).ShouldBe("warning WRD002, error WRD003, warning WRD003");
    }

    [Fact]
    public async Task No_property_silences_an_error()
    {
        using var user = await feed.OneAsync();
        user.Write("App/Wrong.cs", Wrong);

        var result = await user.DotNetAsync("build -p:NoWarn=WRD001 -p:WarningsNotAsErrors=WRD001");

        result.ExitCode.ShouldBe(1);
        Weights(result).ShouldBe("error WRD001");
    }

    [Fact]
    public async Task What_stands_in_a_file_cannot_make_a_diagnostic_or_a_workflow_command()
    {
        using var user = await feed.OneAsync();
        user.Write("App/::error::a\tfinding\terror ##[error]x.cs", Wrong);

        var result = await user.DotNetAsync("build -p:EnableDefaultCompileItems=false -p:BuildProjectReferences=false");

        result.ExitCode.ShouldBe(1);
        result.Said("WRD001").ShouldHaveSingleItem().ShouldContain(@"a\tfinding\terror ##\[error]x.cs(1,4): error WRD001");
        result.Lines.ShouldNotContain(static l => l.TrimStart().StartsWith("::", StringComparison.Ordinal));
        result.Output.ShouldNotContain("##[");
    }

    /// <summary>Severity and code of what was said, in order of the code.</summary>
    private static string Weights(DotNet.Result result) => string.Join(", ", result.Said("WRD001", "WRD002", "WRD003")
        .Select(static l => SetupDotNetMatcher().Match(l)).Select(static m => $"{m.Groups[3].Value} {m.Groups[4].Value}").Distinct()
        .OrderBy(static w => w.Split(' ')[1], StringComparer.Ordinal).ThenBy(static w => w, StringComparer.Ordinal));
}
