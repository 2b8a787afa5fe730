using System.Collections.Immutable;

namespace GitIntent.Arv.Kinds;

/// <summary>The kinds of checks there are. The one place that lists them.</summary>
internal static class CheckKinds
{
    public static readonly ImmutableArray<ICheckKind> All =
    [
        new Text.TextKind(),
        new Files.FilesKind(),
        new Data.DataKind(),
        new Exec.ExecKind(),
        new Artifact.ArtifactKind(),
        new Reliability.ReliabilityKind(),
    ];

    public static ICheckKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
