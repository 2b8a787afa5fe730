using System.Collections.Immutable;
using GitIntent.Arv.Kinds.Artifact;
using GitIntent.Arv.Kinds.Exec;

namespace GitIntent.Arv.Kinds;

/// <summary>The kinds of checks there are. The one place that lists them.</summary>
internal static class CheckKinds
{
    public static readonly ImmutableArray<ICheckKind> All =
    [
        new ExecKind(),
        new ArtifactKind(),
    ];

    public static ICheckKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
