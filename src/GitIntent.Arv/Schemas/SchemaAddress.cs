namespace GitIntent.Arv.Schemas;

/// <summary>Addresses of schemas: resolution by RFC 3986, as far as schemas use it.</summary>
internal static class SchemaAddress
{
    /// <summary>Of a document without <c>$id</c>; relative references then resolve to nothing that exists.</summary>
    public const string Unnamed = "arv://document/schema";

    /// <summary>Address and fragment (without <c>#</c>, decoded) that a reference means at this base.</summary>
    public static (string Address, string Fragment) Resolve(string baseAddress, string reference)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var (relative, fragment) = hash < 0 ? (reference, "") : (reference[..hash], Uri.UnescapeDataString(reference[(hash + 1)..]));
        if (relative.Length == 0)
            return (baseAddress, fragment);
        if (Uri.TryCreate(relative, UriKind.Absolute, out var absolute) && !relative.StartsWith('/'))
            return (absolute.AbsoluteUri, fragment);
        return Uri.TryCreate(baseAddress, UriKind.Absolute, out var root) && Uri.TryCreate(root, relative, out var combined)
            ? (combined.AbsoluteUri, fragment)
            : (relative, fragment);
    }
}
