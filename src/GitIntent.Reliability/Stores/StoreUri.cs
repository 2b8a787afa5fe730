using System.Globalization;

namespace GitIntent.Reliability;

/// <summary>
/// Where a store is: <c>memory:</c>, <c>sqlite:PATH</c>, <c>redis[s]://[USER:PASS@]HOST[:PORT][/DB]</c>, <c>postgres://[USER:PASS@]HOST[:PORT]/DB</c>,
/// <c>firestore://PROJECT[/DATABASE]</c>, <c>assembly:PATH</c>; with <c>?tenant=</c>, <c>prefix=</c>, <c>mode=ro</c>, and <c>schema=</c> for PostgreSQL.
/// </summary>
/// <remarks><see cref="ToString"/> does not show the password.</remarks>
public sealed class StoreUri
{
    internal StoreUri(StoreScheme scheme, string path)
    {
        Scheme = scheme.Name;
        Path = path;
    }

    /// <summary>The scheme, in lower case.</summary>
    public string Scheme { get; }

    /// <summary>The path of <c>sqlite:</c> and <c>assembly:</c>, or the database of the others, without the leading slash. Empty where there is none.</summary>
    public string Path { get; }

    /// <summary>The host, or the project of <c>firestore:</c>. Empty where there is none.</summary>
    public string Host { get; internal init; } = "";

    /// <summary>The port, or null.</summary>
    public int? Port { get; internal init; }

    /// <summary>The user, or null.</summary>
    public string? User { get; internal init; }

    /// <summary>The password, or null. Never print it.</summary>
    public string? Password { get; internal init; }

    /// <summary>The tenant, or null.</summary>
    public string? Tenant { get; internal init; }

    /// <summary>What the store puts before its keys, or null.</summary>
    public string? Prefix { get; internal init; }

    /// <summary>The schema of PostgreSQL, or null.</summary>
    public string? Schema { get; internal init; }

    /// <summary>Whether the store is only looked at.</summary>
    public bool ReadOnly { get; internal init; }

    /// <summary>Reads <paramref name="text"/>.</summary>
    /// <exception cref="GwiValidationException">It is no store URI; the message says where and what is expected, and never shows a password.</exception>
    public static StoreUri Parse(string? text) => StoreUriParser.Parse(text);

    /// <summary>The URI, with <c>[redacted]</c> for the password.</summary>
    public override string ToString()
    {
        var query = string.Join('&', new[] { ("tenant", Tenant), ("prefix", Prefix), ("schema", Schema), ("mode", ReadOnly ? "ro" : null) }
            .Where(p => p.Item2 is not null).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}"));
        var user = User is null && Password is null ? "" : $"{Uri.EscapeDataString(User ?? "")}{(Password is null ? "" : ":" + Redactor.Mark)}@";
        var authority = Host.Length == 0 ? "" : $"//{user}{Host}{(Port is { } port ? ":" + port.ToString(CultureInfo.InvariantCulture) : "")}{(Path.Length > 0 ? "/" : "")}";
        return $"{Scheme}:{authority}{Path}{(query.Length > 0 ? "?" + query : "")}";
    }
}
