using System.Text;

namespace GitIntent.Arv.Reporting;

/// <summary>Writes a file whole or not at all: beside its place first, then renamed over it.</summary>
internal static class ReportFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static void Write(string destination, Action<TextWriter> write)
    {
        var path = Path.GetFullPath(destination);
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(destination)) throw new IOException("it is a directory; name a file in it");

        // A link is replaced, not followed: the tree under test may have put it there, pointing anywhere.
        var existing = new FileInfo(path);
        if (existing.Exists && existing.LinkTarget is null && WrittenInPlace(path, write)) return;

        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var beside = Path.Combine(folder, $".arv-{Path.GetRandomFileName()}.tmp");
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
                Fill(stream, write);
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>A pipe or a device is written to, never replaced. Opening also refuses a file that is read-only, which a rename would not.</summary>
    private static bool WrittenInPlace(string path, Action<TextWriter> write)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        if (stream.CanSeek && !IsDevice(path)) return false;

        Fill(stream, write);
        return true;
    }

    /// <summary>/dev/null and /dev/full can be sought in, and look like ordinary files to .NET.</summary>
    private static bool IsDevice(string path) => !OperatingSystem.IsWindows()
        && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal));

    private static void Fill(FileStream stream, Action<TextWriter> write)
    {
        using var text = new StreamWriter(stream, Utf8, bufferSize: 1 << 16);
        write(text);
    }
}
