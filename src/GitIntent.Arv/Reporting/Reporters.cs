using System.Collections.Immutable;

namespace GitIntent.Arv.Reporting;

/// <summary>The forms of the report that a user asks for by <c>--NAME FILE</c>: a file each, and a line here.</summary>
internal static class Reporters
{
    public static readonly ImmutableArray<IReporter> All =
    [
        new JsonReporter(),
        new MarkdownReporter(),
        new SarifReporter(),
        new JUnitReporter(),
        new MsBuildReporter(),
    ];
}
