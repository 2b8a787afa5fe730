using GitIntent.Arv.Config;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Exec.Results;

/// <summary>Reads the result files of one attempt: all that the pattern finds, added up.</summary>
internal static class ResultFiles
{
    /// <returns>The results, or why they cannot be believed: which file, and what is wrong with it.</returns>
    public static (TestResults? Results, string? Refusal) Read(OutPath file, Bindings bindings, string root, RunFolder folder)
    {
        var results = new TestResults();
        var paths = file.Find(bindings, root, folder.Out);
        if (paths.Count == 0)
            return (null, $"no result file: the command wrote nothing that \"{file.Raw}\" matches");
        foreach (var path in paths)
        {
            var name = file.InOut ? "{out}/" + Relative(folder.Out, path) : Relative(root, path);
            if (Believe(path, file.InOut ? folder.Out : root, folder) is { } wrong)
                return (null, $"result file {name} {wrong}");
            try
            {
                using var stream = File.OpenRead(path);
                ResultReader.Read(stream, results);
            }
            catch (ResultException e)
            {
                return (null, $"result file {name} cannot be read: {e.Message}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return (null, $"result file {name} cannot be read: {e.Message}");
            }
        }
        return (results, null);
    }

    /// <summary>Why a file that a command should have written is none that counts, or null.</summary>
    public static string? Believe(string path, string within, RunFolder folder)
    {
        if (Directory.Exists(path))
            return "is a folder";
        if (!File.Exists(path))
            return "is not there: the command did not write it";
        if (RealPath.Of(within) is not { } real || RealPath.Of(path) is not { } target || !RealPath.IsInside(real, target))
            return "is a link that leads out of its folder";
        return folder.NotOfThisRun(target);
    }

    private static string Relative(string from, string path) => Path.GetRelativePath(from, path).Replace('\\', '/');
}
