using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace GitIntent.Arv.Tree.Git;

/// <summary>File names are bytes to git and to Linux, and text to us.</summary>
internal static class GitName
{
    /// <summary>The name as text. Bytes that are no UTF-8 are shown as <c>\xE9</c>: such a file can be named, but not be an input.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, out bool valid)
    {
        valid = Utf8.IsValid(bytes);
        if (valid)
            return Encoding.UTF8.GetString(bytes);

        var text = new StringBuilder(bytes.Length + 8);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var used) == OperationStatus.Done)
                text.Append(rune.ToString());
            else
                text.Append(string.Concat(bytes[..used].ToArray().Select(b => "\\x" + b.ToString("X2", CultureInfo.InvariantCulture))));
            bytes = bytes[used..];
        }
        return text.ToString();
    }

    /// <summary>A path with one character for each byte, so that patterns match as git's do; the path itself when it is ASCII.</summary>
    public static string Key(string path) => Ascii.IsValid(path) ? path : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(path));
}
