using System.Collections.Immutable;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Kinds.Artifact;

/// <summary><c>artifact</c>: judges bytes by digests and signatures.</summary>
internal sealed class ArtifactKind : ICheckKind
{
    public string Name => "artifact";

    public string Doc => "Bytes: each included file is covered by a SHA-256 or by a signature of a pinned key.";

    public ImmutableArray<RuleInfo> Codes => ArtifactCodes.All;

    public Shape Shape { get; } = new RecordShape(
    [
        new Key("sha256", new MapShape("file", new TextShape("64 hex digits, with or without sha256: before them"), "a path from the root"),
            "The SHA-256 that each named file must have."),
        new Key("signature", new RecordShape(
        [
            new Key("file", new TextShape("a path from the root"), "The file that holds the raw Ed25519 signature of the list.", Required: true),
            new Key("keys", new ListShape(new TextShape("ed25519: and 32 bytes in Base64", @"^ed25519:[A-Za-z0-9+/]{43}=$", static text => PinnedKey.TryParse(text, out _)), minItems: 0),
                "The public keys that may sign. Without one no signature proves anything, and each is a finding."),
        ]), "A signature over the sorted sha256sum lines of the included files."),
    ], atLeastOneOf: ["sha256", "signature"]);

    public ICheck Read(DocNode block, CheckReading reading)
    {
        var map = (DocMap)block;
        return new ArtifactCheck(
            map["sha256"] is DocMap digests ? [.. digests.Entries.Select(entry => Digest(entry, reading))] : [],
            map["signature"] is DocMap signature ? Signature(signature, reading) : null);
    }

    private static NamedDigest Digest(DocEntry entry, CheckReading reading)
    {
        var value = Template.Parse((DocScalar)entry.Value, reading.Names);
        if (!value.HasNames && Sha256Text.Parse(value.Raw) is null)
            reading.Errors.Add(entry.Value, $"artifact: sha256: expected 64 hex digits, with or without sha256: before them, found \"{value.Raw}\"");
        var key = new DocScalar(entry.KeySource, entry.KeyStart, entry.KeyEnd, entry.Key, ScalarType.Text);
        return new NamedDigest(Path(key, reading), value);
    }

    private static SignatureBlock Signature(DocMap signature, CheckReading reading) => new(
        Path((DocScalar)signature["file"]!, reading),
        [.. ((signature["keys"] as DocList)?.Items ?? []).Cast<DocScalar>().Select(static key => PinnedKey.TryParse(key.Text, out var pinned) ? pinned : null).OfType<PinnedKey>()]);

    private static Template Path(DocScalar scalar, CheckReading reading)
    {
        var path = Template.Parse(scalar, reading.Names);
        if (!path.HasNames && ArtifactPath.Parse(path.Raw).Fault is { } wrong)
            reading.Errors.Add(scalar, $"artifact: \"{path.Raw}\" {wrong}");
        return path;
    }
}

/// <summary>A digest that a file must have; both may come from a document.</summary>
internal sealed record NamedDigest(Template Path, Template Digest);
