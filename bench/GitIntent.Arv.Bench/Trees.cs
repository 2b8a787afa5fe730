namespace GitIntent.Arv.Bench;

/// <summary>Trees to search in.</summary>
internal static class Trees
{
    private const int MeanLength = 11_000;

    /// <summary>The same files wherever it is made, of what looks like source code.</summary>
    /// <param name="ignores">With an ignore file that leaves out one part in 97.</param>
    public static void Generate(string folder, int megabytes, bool ignores)
    {
        var source = new SourceText(20_260_901);
        var lengths = new Random(20_260_902);
        long written = 0;
        for (var i = 0; written < megabytes * 1_000_000L; i++)
        {
            var path = Path.Join(folder, $"pkg{i % 97}", $"src{i % 13}", $"module{i / 1300}", $"file{i}.ts");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // Most files are small, and some are not.
            var text = source.Next((int)(MeanLength * Math.Exp((lengths.NextDouble() * 3) - 1.9)));
            File.WriteAllText(path, text);
            written += text.Length;
        }
        if (ignores)
            File.WriteAllText(Path.Join(folder, ".gitignore"), "node_modules/\n*.tmp\n/pkg96/\n!*.keep\n");
    }

    /// <summary>The same text in files of a megabyte.</summary>
    public static void Join(string tree, string folder)
    {
        Directory.CreateDirectory(folder);
        var (part, current) = (0, new MemoryStream());
        foreach (var file in FilesOf(tree))
        {
            var bytes = File.ReadAllBytes(file);
            if (bytes.AsSpan().Contains((byte)0))
                continue;
            current.Write(bytes);
            if (current.Length < 1_000_000)
                continue;
            File.WriteAllBytes(Path.Join(folder, $"part{part++}.txt"), current.ToArray());
            current.SetLength(0);
        }
    }

    /// <summary>Some of its files.</summary>
    public static void Take(string tree, string folder, int count)
    {
        foreach (var file in FilesOf(tree).Take(count))
        {
            var path = Path.Join(folder, Path.GetRelativePath(tree, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }
    }

    public static IEnumerable<string> FilesOf(string tree) =>
        Directory.EnumerateFiles(tree, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(static f => !f.Contains("/.git/", StringComparison.Ordinal) && !f.Contains("/.arv/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
