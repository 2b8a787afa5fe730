using System.Collections.Immutable;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Kinds.Artifact;

/// <summary>What an <c>artifact</c> check can find.</summary>
internal static class ArtifactCodes
{
    public static readonly RuleInfo Digest = Error("ARV4001", "A file has not the digest that it must have",
        "Find out who changed the file; if it is meant, write its digest: sha256sum FILE");

    public static readonly RuleInfo Uncovered = Error("ARV4002", "No digest or signature covers a file",
        "Add its digest under sha256, sign the list again, or leave the file out by exclude.");

    public static readonly RuleInfo Missing = Error("ARV4003", "A file that is named is missing", "Restore the file, or take its name away.");

    public static readonly RuleInfo Path = Error("ARV4004", "A path leads elsewhere", "Name a file inside the folder, by a relative path without \"..\".");

    public static readonly RuleInfo Link = Error("ARV4005", "A link stands where a file must be", "Put the file there itself: a link's target can change without its digest.");

    public static readonly RuleInfo Case = Error("ARV4006", "Names differ only in case", "Rename one: on some systems there is only one of them.");

    public static readonly RuleInfo Signature = Error("ARV4007", "A signature is not good",
        "Have the list signed by a pinned key; the docs of the kind artifact show how.");

    public static readonly RuleInfo NoKey = Error("ARV4008", "A signature is claimed, and no key is pinned",
        "Pin the signer's public key under signature.keys.");

    public static readonly ImmutableArray<RuleInfo> All = [Digest, Uncovered, Missing, Path, Link, Case, Signature, NoKey];

    private static RuleInfo Error(string id, string message, string remedy) => new(id, Severity.Error, message) { Remedy = remedy };
}
