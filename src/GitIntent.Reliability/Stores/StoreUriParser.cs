using System.Globalization;

namespace GitIntent.Reliability;

internal static class StoreUriParser
{
    private const string Field = "store URI";

    public static StoreUri Parse(string? text)
    {
        var colon = (text ??= "").IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            throw Wrong($"is {(text.Length == 0 ? "empty" : "without a scheme")}. Expected one of {string.Join(", ", StoreScheme.All.Select(s => s.Expected))}.");
        if (text.AsSpan().ContainsAnyInRange('\0', '\x1F'))
            throw Wrong("has a control character.");
        var name = text[..colon].ToLowerInvariant();
        var scheme = Array.Find(StoreScheme.All, s => s.Name == name)
            ?? throw Wrong($"has the unknown scheme \"{SafeText.WellFormed(name)}\". Expected one of {string.Join(", ", StoreScheme.All.Select(s => s.Name))}.");
        var rest = text[(colon + 1)..];
        var mark = rest.IndexOf('?', StringComparison.Ordinal);
        var query = Query(scheme, mark < 0 ? "" : rest[(mark + 1)..]);
        rest = mark < 0 ? rest : rest[..mark];
        return scheme.HasHost ? WithHost(scheme, rest, query) : WithPath(scheme, rest, query);
    }

    private static StoreUri WithPath(StoreScheme scheme, string rest, Dictionary<string, string> query)
    {
        var path = Uri.UnescapeDataString(rest);
        if (scheme.Name == "memory" ? path.Length > 0 : string.IsNullOrWhiteSpace(path))
            throw Wrong($"of scheme {scheme.Name} {(path.Length > 0 ? "takes no path" : "names no path")}. Expected {scheme.Expected}.");
        return new StoreUri(scheme, path) { Tenant = query.GetValueOrDefault("tenant"), ReadOnly = query.ContainsKey("mode") };
    }

    private static StoreUri WithHost(StoreScheme scheme, string rest, Dictionary<string, string> query)
    {
        if (!rest.StartsWith("//", StringComparison.Ordinal))
            throw Wrong($"of scheme {scheme.Name} has no // before its host. Expected {scheme.Expected}.");
        rest = rest[2..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var path = slash < 0 ? "" : Uri.UnescapeDataString(rest[(slash + 1)..]);
        var authority = slash < 0 ? rest : rest[..slash];
        string? user = null, password = null;
        if (authority.LastIndexOf('@') is var at and >= 0)
        {
            var parts = authority[..at].Split(':', 2);
            user = Uri.UnescapeDataString(parts[0]);
            password = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : null;
            authority = authority[(at + 1)..];
        }

        var (host, port) = HostAndPort(scheme, authority);
        if (scheme.Name == "postgres" && path.Length == 0)
            throw Wrong($"of scheme postgres names no database. Expected {scheme.Expected}.");
        if (scheme.Name is "redis" or "rediss" && path.Length > 0 && !(int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out var db) && db < 65536))
            throw Wrong($"of scheme {scheme.Name} has a database that is no number. Expected {scheme.Expected}.");
        if (scheme.Name == "firestore" && (user is not null || port is not null))
            throw Wrong($"of scheme firestore takes no user and no port. Expected {scheme.Expected}.");
        return new StoreUri(scheme, path)
        {
            Host = host,
            Port = port,
            User = user,
            Password = password,
            Tenant = query.GetValueOrDefault("tenant"),
            Prefix = query.GetValueOrDefault("prefix"),
            Schema = query.GetValueOrDefault("schema"),
            ReadOnly = query.ContainsKey("mode"),
        };
    }

    private static (string Host, int? Port) HostAndPort(StoreScheme scheme, string authority)
    {
        var end = authority.StartsWith('[') ? authority.IndexOf(']', StringComparison.Ordinal) + 1 : 0; // an IPv6 address
        var colon = authority.IndexOf(':', Math.Max(0, end));
        var host = colon < 0 ? authority : authority[..colon];
        if (host.Length == 0 || host.AsSpan().ContainsAny(" \\#"))
            throw Wrong($"of scheme {scheme.Name} names no host. Expected {scheme.Expected}.");
        if (colon < 0)
            return (host, null);
        return int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? (host, port)
            : throw Wrong($"of scheme {scheme.Name} has a port that is not from 1 to 65535. Expected {scheme.Expected}.");
    }

    private static Dictionary<string, string> Query(StoreScheme scheme, string query)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var key = SafeText.WellFormed(Uri.UnescapeDataString(parts[0]));
            var value = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
            if (!scheme.Keys.Contains(key, StringComparer.Ordinal))
                throw Wrong($"of scheme {scheme.Name} has the unknown key \"{Redactor.Redact(key)}\". {(scheme.Keys.Length == 0 ? "It takes none." : $"Expected one of {string.Join(", ", scheme.Keys)}.")}");
            if (!values.TryAdd(key, Identifiers.Required(value, key)))
                throw Wrong($"has the key \"{key}\" twice.");
            if (key == "mode" && value != "ro")
                throw Wrong("has a mode that is not \"ro\".");
        }

        return values;
    }

    private static GwiValidationException Wrong(string what) => GwiValidationException.ForField(Field, $"The {Field} {what}");
}
