using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace GitIntent.Arv.Tests.Support;

/// <summary>A project of tests for a test to build. It stands on the very packages that the tests of this repository stand on: those are in the machine's cache, so nothing is fetched.</summary>
internal static class XunitProject
{
    /// <param name="properties">More of its properties, as XML.</param>
    public static string Text(string properties = "") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework>{properties}</PropertyGroup>
          <ItemGroup>
            {Reference("Microsoft.NET.Test.Sdk")}
            {Reference("xunit")}
            {Reference("xunit.runner.visualstudio")}
          </ItemGroup>
        </Project>

        """;

    private static string Reference(string id) => $"""<PackageReference Include="{id}" Version="{Version(id)}" />""";

    private static string Version(string id, [CallerFilePath] string here = "") =>
        XDocument.Load(Path.Combine(Path.GetDirectoryName(here)!, "../../../Directory.Packages.props")).Descendants("PackageVersion")
            .Single(version => version.Attribute("Include")!.Value == id).Attribute("Version")!.Value;
}
