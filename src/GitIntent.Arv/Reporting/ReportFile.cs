using System.Text;

namespace GitIntent.Arv.Reporting;

/// <summary>Writes a file whole or not at all: beside its place first, then renamed over it.</summary>
internal static class ReportFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>How long a pipe may be without a reader: one that is started beside us has come by then, and a gate never hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void Write(string destination, Action<TextWriter> write) => Write(destination, write, Patience);

    public static void Write(string destination, Action<TextWriter> write, TimeSpan patience)
    {
        var path = Path.GetFullPath(destination);
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(destination)) throw new IOException("it is a directory; name a file in it");

        if (IsSystems(path))
        {
            using var device = OpenExisting(path, patience);
            Fill(device, write);
            return;
        }

        // A link is replaced, not followed: the tree under test may have put it there, pointing anywhere, or at a pipe that nobody reads.
        var existing = new FileInfo(path);
        if (existing.Exists && existing.LinkTarget is null && WrittenToPipe(path, write, patience)) return;

        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var beside = Path.Combine(folder, $".arv-{Path.GetRandomFileName()}.tmp");
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
                Fill(stream, write);
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(e.Message.Replace(beside, path, StringComparison.Ordinal), e); // of the file that was asked for; nobody has heard of the other
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>A pipe is written to, never replaced. Opening also refuses a file that is read-only, which a rename would not.</summary>
    private static bool WrittenToPipe(string path, Action<TextWriter> write, TimeSpan patience)
    {
        using var stream = OpenExisting(path, patience);
        if (stream.CanSeek) return false;

        Fill(stream, write);
        return true;
    }

    /// <summary>
    /// Below these nothing is ever made, renamed or removed: /dev/null looks like an ordinary file to .NET, /dev/stdout and
    /// /dev/fd/63 are links, and a rename by root would replace them for the whole machine.
    /// </summary>
    private static bool IsSystems(string path) => !OperatingSystem.IsWindows()
        && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal))
        && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);

    /// <summary>The system lets an opener wait for a pipe's reader, for ever: that wait is left to a thread of its own.</summary>
    private static FileStream OpenExisting(string path, TimeSpan patience)
    {
        var opening = Task.Run(() => new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));
        if (Task.WaitAny([opening], patience) < 0)
        {
            // A reader that comes after all must see the end, and not wait for one that nobody writes.
            _ = opening.ContinueWith(static late => late.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw new IOException("it is a pipe that nobody reads");
        }

        return opening.GetAwaiter().GetResult();
    }

    private static void Fill(FileStream stream, Action<TextWriter> write)
    {
        using var text = new StreamWriter(stream, Utf8, bufferSize: 1 << 16);
        write(text);
    }
}
