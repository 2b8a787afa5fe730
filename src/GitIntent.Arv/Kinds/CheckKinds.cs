using System.Collections.Immutable;
using GitIntent.Arv.Kinds.Data;
using GitIntent.Arv.Kinds.Files;

namespace GitIntent.Arv.Kinds;

/// <summary>The kinds of checks there are. The one place that lists them.</summary>
internal static class CheckKinds
{
    public static readonly ImmutableArray<ICheckKind> All =
    [
        new FilesKind(),
        new DataKind(),
    ];

    public static ICheckKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
