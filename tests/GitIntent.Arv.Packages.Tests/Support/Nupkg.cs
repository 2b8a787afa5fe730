using System.IO.Compression;

namespace GitIntent.Arv.Packages.Tests.Support;

/// <summary>What is in a package.</summary>
internal static class Nupkg
{
    public static string Spec(string path) => Text(path, static name => name.EndsWith(".nuspec", StringComparison.Ordinal));

    public static IReadOnlyList<string> Files(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        return [.. zip.Entries.Select(static e => e.FullName)];
    }

    public static string Text(string path, Func<string, bool> which)
    {
        using var zip = ZipFile.OpenRead(path);
        using var reader = new StreamReader(zip.Entries.Single(e => which(e.FullName)).Open());
        return reader.ReadToEnd();
    }

    public static byte[] Bytes(string path, string name)
    {
        using var zip = ZipFile.OpenRead(path);
        using var bytes = new MemoryStream();
        using var entry = zip.GetEntry(name)!.Open();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }
}
