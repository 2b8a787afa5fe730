using System.Text;
using GitIntent.Arv.Scope;

namespace GitIntent.Arv.Kinds.Exec;

/// <summary>
/// Takes secrets out of what commands printed, as it is kept for people to look into (and for workflows to upload). Checks compare the bytes as they came, so this comes
/// last. What a command itself wrote below <c>{out}</c> is its own.
/// </summary>
internal static class KeptOutput
{
    /// <param name="outRoot">The folder of a run that has ended.</param>
    /// <param name="redactor">Knows the secrets of the run.</param>
    public static void Redact(string outRoot, Redactor redactor)
    {
        if (!Directory.Exists(outRoot)) return;

        var files = Directory.GetDirectories(outRoot).SelectMany(static folder => new[] { RunFolder.StdoutOf(folder), RunFolder.StderrOf(folder) });
        foreach (var file in files.Where(File.Exists))
        {
            if (!IsClean(file, redactor)) Rewrite(file, redactor);
        }
    }

    private static bool IsClean(string file, Redactor redactor)
    {
        try
        {
            using var text = Open(file);
            return text is not null && TextPieces.Of(text).All(piece => piece is not null && redactor.Redact(piece) == piece);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Where that is impossible, nothing is kept.</summary>
    private static void Rewrite(string file, Redactor redactor)
    {
        var beside = file + ".tmp";
        try
        {
            using (var text = Open(file) ?? throw new IOException("not a file"))
            using (var clean = new StreamWriter(new FileStream(beside, FileMode.CreateNew, FileAccess.Write), new UTF8Encoding(false)))
            {
                foreach (var piece in TextPieces.Of(text))
                    clean.Write(piece is null ? "(a line that is too long to be kept)\n" : redactor.Redact(piece));
            }

            File.Move(beside, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Delete(beside);
            Delete(file);
        }
    }

    /// <summary>The command knows where its output goes, and may have put something else there. To open a pipe for both ways never waits.</summary>
    private static StreamReader? Open(string file)
    {
        if (new FileInfo(file).LinkTarget is not null) return null;

        var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        if (stream.CanSeek) return new StreamReader(stream, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false);

        stream.Dispose();
        return null;
    }

    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that nobody can write to any more is the machine's trouble, and shows in other ways.
        }
    }
}
