using System.Collections.Immutable;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Kinds.Artifact;

internal sealed class ArtifactCheck(ImmutableArray<NamedDigest> digests, SignatureBlock? signature) : ICheck
{
    public ImmutableArray<RuleInfo> Rules { get; } =
    [
        .. new[]
        {
            digests.IsEmpty ? null : ArtifactCodes.Digest,
            ArtifactCodes.Uncovered,
            ArtifactCodes.Missing,
            ArtifactCodes.Path,
            ArtifactCodes.Link,
            ArtifactCodes.Case,
            signature is null ? null : ArtifactCodes.Signature,
            signature is null ? null : ArtifactCodes.NoKey,
        }.OfType<RuleInfo>(),
    ];

    /// <summary>A named file that is missing is a finding, also where nothing else is selected.</summary>
    public bool NeedsInputs => false;

    public ValueTask<CheckOutcome> RunAsync(CheckContext context, CancellationToken stop) =>
        ValueTask.FromResult(new ArtifactJudge(digests, signature, context, stop).Judge());
}
