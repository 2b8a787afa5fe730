namespace GitIntent.Arv.Kinds.Artifact;

/// <summary>A path that a manifest, which is not to be trusted, may have had a hand in.</summary>
/// <param name="Path">Without <c>.</c> segments; null where it is none that may be looked at.</param>
/// <param name="Fault">Why not, as the end of a sentence.</param>
internal readonly record struct ArtifactPath(string? Path, string? Fault)
{
    public static ArtifactPath Parse(string written)
    {
        var segments = written.Split('/');
        if (written.Length == 0 || written.EndsWith('/'))
            return new ArtifactPath(null, "names no file");
        if (written.AsSpan().ContainsAny('\\', '\0') || (written.Length > 1 && written[1] == ':'))
            return new ArtifactPath(null, "is no path with / from the root");
        // An absolute value inside a pattern such as {path}/{entry} leaves an empty segment.
        if (segments.Contains(""))
            return new ArtifactPath(null, "is an absolute path");
        if (segments.Contains(".."))
            return new ArtifactPath(null, "leads out of its folder");
        var kept = string.Join('/', segments.Where(static segment => segment != "."));
        return kept.Length == 0 ? new ArtifactPath(null, "names no file") : new ArtifactPath(kept, null);
    }
}
