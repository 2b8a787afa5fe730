using System.Diagnostics.CodeAnalysis;
using GitIntent.Arv.Tree;
using GitIntent.Reliability;
using GitIntent.Reliability.Conformance;

namespace GitIntent.Arv.Kinds.Reliability;

/// <summary>What a reliability check judges.</summary>
/// <param name="Text">The store URI, without a password.</param>
/// <param name="Scheme">Its scheme.</param>
/// <param name="Path">Its path.</param>
internal sealed record ReliabilityTarget(string Text, string Scheme, string Path)
{
    public bool IsAssembly => Scheme == "assembly";

    /// <summary>Whether its path may lead out of the root: who types it means it; what a repository writes must not.</summary>
    public bool Anywhere { get; init; }

    public static bool TryParse(string text, [NotNullWhen(true)] out ReliabilityTarget? target, out string error)
    {
        (target, error) = (null, "");
        try
        {
            var uri = StoreUri.Parse(text);
            target = new ReliabilityTarget(uri.ToString(), uri.Scheme, uri.Path);
            if (uri.ReadOnly || uri.Tenant is not null || uri.Prefix is not null)
                (target, error) = (null, $"\"{uri}\": a target takes no keys: the checks make data of their own");
        }
        catch (GwiValidationException e)
        {
            error = e.Message;
        }

        return target is not null;
    }

    /// <summary>The implementation; or why there is none to judge.</summary>
    /// <param name="root">What a path is relative to.</param>
    public ConformanceSubject? Open(string? root, out string? refusal)
    {
        refusal = null;
        switch (Scheme)
        {
            case "memory":
                return new MemorySubject();
            case "sqlite" when root is null:
                refusal = $"{Text}: there is no folder on disk that its path could be relative to";
                return null;
            case "sqlite":
                if (LocalPath(root, out refusal) is not { } path)
                    return null;
                refusal = SqliteSubject.Obstacle(path);
                return refusal is null ? new SqliteSubject(path) : null;
            default:
                refusal = $"{Text}: targets of the scheme {Scheme} are not yet available; expected memory:, sqlite:PATH or assembly:PATH";
                return null;
        }
    }

    /// <summary>Where its path leads, absolute; null, with the reason, where it may not lead there.</summary>
    public string? LocalPath(string root, out string? refusal)
    {
        var path = System.IO.Path.GetFullPath(Path, root);
        refusal = Anywhere || (RealPath.Of(root) is { } realRoot && RealPath.Of(path) is { } real && RealPath.IsInside(realRoot, real)) ? null
            : $"{Text}: it leads out of the repository; a configuration may name only what is inside, \"dotnet arv reliability --target\" anything";
        return refusal is null ? path : null;
    }
}
