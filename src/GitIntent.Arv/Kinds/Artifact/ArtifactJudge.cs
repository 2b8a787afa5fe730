using System.Collections.Immutable;
using GitIntent.Arv.Config;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Artifact;

/// <summary>Judges one set of files, once.</summary>
internal sealed class ArtifactJudge(ImmutableArray<NamedDigest> digests, SignatureBlock? signature, CheckContext context, CancellationToken stop)
{
    private readonly ImmutableArray<Finding>.Builder _findings = ImmutableArray.CreateBuilder<Finding>();
    private readonly ArtifactBytes _bytes = new(context.Workspace);
    private readonly SortedDictionary<string, string> _unreadable = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _covered = new(StringComparer.Ordinal);

    public CheckOutcome Judge()
    {
        var signatureFile = signature is null ? null : Named(signature.File, "the signature");
        var files = context.Inputs.Files.Where(file => file.Path != signatureFile).ToList();
        JudgeNames(files);
        foreach (var digest in digests)
            JudgeDigest(digest);
        var signed = JudgeSignature(signatureFile, files);
        if (!signed)
        {
            foreach (var file in files.Where(file => !_covered.Contains(file.Path)))
                Add(ArtifactCodes.Uncovered, $"no digest or signature covers {file.Path}", file.Path);
        }
        var paths = context.Inputs.Files.Select(static file => file.Path).Union(_read).Order(StringComparer.Ordinal).ToImmutableArray();
        var evidence = new Evidence(paths, _read.Count, context.Inputs.LeftOut);
        return new CheckOutcome(_findings.ToImmutable(), evidence, Refusal(files.Count));
    }

    private string? Refusal(int files)
    {
        if (_unreadable.Count > 0)
            return string.Join("; ", _unreadable.Select(static pair => $"{pair.Key}: {pair.Value}"));
        return files == 0 && _read.Count == 0 && _findings.Count == 0 ? "no file is selected, and none is named" : null;
    }

    private void JudgeNames(List<WorkspaceFile> files)
    {
        foreach (var file in files.Where(static file => file.ReadFrom is not null))
            Add(ArtifactCodes.Link, $"{file.Path} is a link", file.Path);
        foreach (var link in context.Inputs.LeftOut.Concat(context.Inputs.Blocked).Where(static left => left.Reason is LeftOutReasons.Link or LeftOutReasons.DanglingLink or LeftOutReasons.LinkOutside))
            Add(ArtifactCodes.Link, $"{link.Path} is a link{(link.Reason == LeftOutReasons.Link ? "" : $" ({link.Reason})")}", link.Path);
        // Folded as file systems do that keep case but do not tell by it.
        foreach (var same in files.GroupBy(static file => file.Path.ToUpperInvariant(), StringComparer.Ordinal).Where(static group => group.Count() > 1))
        {
            var names = string.Join(", ", same.Select(static file => file.Path));
            Add(ArtifactCodes.Case, $"names that differ only in case: {names}", same.First().Path);
        }
    }

    private void JudgeDigest(NamedDigest digest)
    {
        if (Named(digest.Path, "a digest") is not { } path)
            return;
        _covered.Add(path); // whatever comes of it: a file is not blamed twice
        if (!IsFile(path))
            return;
        var written = digest.Digest.Expand(context.Bindings);
        if (Sha256Text.Parse(written) is not { } expected)
        {
            Add(ArtifactCodes.Digest, $"the digest of {path} is none: expected 64 hex digits, found \"{Shorten(written)}\"", path);
            return;
        }
        if (Digest(path) is { } actual && actual != expected)
            Add(ArtifactCodes.Digest, $"{path} has the SHA-256 {actual}, expected {expected}", path);
    }

    /// <returns>Whether nothing more is to be said about files that are not covered.</returns>
    private bool JudgeSignature(string? path, List<WorkspaceFile> files)
    {
        if (signature is null)
            return false;
        if (signature.Keys.IsEmpty)
        {
            Add(ArtifactCodes.NoKey, "no key is pinned: whoever can write the files can sign them", path);
            return true;
        }
        if (path is null || !IsFile(path))
            return true;
        var unlisted = files.Where(static file => !DigestList.CanList(file.Path)).ToList();
        foreach (var file in unlisted)
            Add(ArtifactCodes.Path, "a name with a line end or a backslash cannot stand in the signed list", file.Path);
        var (bytes, reason) = _bytes.Read(path, stop);
        var lines = files.Select(file => new FileDigest(file.Path, Digest(file.ReadFrom ?? file.Path, file.Path) ?? "")).ToList();
        if (reason is not null)
            _unreadable[path] = reason;
        if (reason is not null || unlisted.Count > 0 || _unreadable.Count > 0)
            return true;
        _read.Add(path);
        if (SignatureBlock.Read(bytes.Span) is not { } raw)
            Add(ArtifactCodes.Signature, $"{path} is no Ed25519 signature: expected 64 bytes, raw or in Base64, found {bytes.Length}", path);
        else if (!signature.Keys.Any(key => key.Verifies(raw, DigestList.Of(lines))))
            Add(ArtifactCodes.Signature, $"{path} is no signature of the {lines.Count} included files by a pinned key: a file was changed, added or taken away since, or somebody else signed", path);
        return true;
    }

    private string? Named(Template template, string what)
    {
        var written = template.Expand(context.Bindings);
        var (path, fault) = ArtifactPath.Parse(written);
        if (fault is not null)
            Add(ArtifactCodes.Path, $"the path of {what}, \"{Shorten(written)}\", {fault}", null);
        return path;
    }

    private bool IsFile(string path)
    {
        var look = context.Workspace.Look(path);
        switch (look.State)
        {
            case PathState.File when look.File!.ReadFrom is null:
                return true;
            case PathState.File:
                if (!_findings.Any(finding => finding.Rule == (context.Settings.Rule ?? ArtifactCodes.Link.Id) && finding.Path == path))
                    Add(ArtifactCodes.Link, $"{path} is a link", path);
                return false;
            case PathState.Missing:
                Add(ArtifactCodes.Missing, $"{path} is missing", path);
                return false;
            case PathState.Folder:
                Add(ArtifactCodes.Missing, $"{path} is a folder, not a file", path);
                return false;
            default:
                if (look.Reason is LeftOutReasons.DanglingLink or LeftOutReasons.LinkOutside)
                    Add(ArtifactCodes.Link, $"{path} is a link ({look.Reason})", path);
                else
                    _unreadable[path] = look.Reason ?? LeftOutReasons.Unreadable;
                return false;
        }
    }

    private string? Digest(string path, string? name = null)
    {
        var (sha256, reason) = _bytes.DigestOf(path, stop);
        if (reason is not null)
            _unreadable[name ?? path] = reason;
        else
            _read.Add(name ?? path);
        return sha256;
    }

    private void Add(RuleInfo rule, string message, string? path)
    {
        var settings = context.Settings;
        _findings.Add(new Finding
        {
            Rule = settings.Rule ?? rule.Id,
            Severity = settings.Severity,
            Message = settings.Message is null ? message : $"{settings.Message}: {message}",
            Remedy = settings.Remedy ?? rule.Remedy,
            Path = path,
            Anchor = path is null ? $"{rule.Id}:{message}" : rule.Id,
            Help = settings.Help,
        });
    }

    private static string Shorten(string text) => text.Length <= 200 ? text : text[..199] + "…";
}
