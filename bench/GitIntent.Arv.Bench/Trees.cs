using System.Text;

namespace GitIntent.Arv.Bench;

/// <summary>Trees to search in.</summary>
internal static class Trees
{
    private const string Words = "const let return function export import from await async class public static void string number value index result error console.log( process.env require( module TODO( config session handler request response buffer stream length null undefined true false if else for while // { } ( ) [ ] = => == + - ; , . : ? ' \" ` 0 1 42 1024";

    /// <summary>The same files wherever it is made: about half a gigabyte of what looks like source code.</summary>
    public static void Generate(string folder, int files = 46_000, int meanLength = 11_000)
    {
        var words = Words.Split(' ');
        var random = new Random(20_260_901);
        var text = new StringBuilder();
        for (var i = 0; i < files; i++)
        {
            var path = Path.Join(folder, $"pkg{i % 97}", $"src{i % 13}", $"module{i / 1300}", $"file{i}.ts");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            text.Clear();
            for (var length = (int)(meanLength * Math.Exp((random.NextDouble() * 3) - 1.9)); text.Length < length;)
            {
                text.Append(' ', 2 * random.Next(5));
                for (var word = random.Next(2, 12); word > 0; word--)
                    text.Append(words[random.Next(words.Length)]).Append(' ');
                text.Append('\n');
            }
            File.WriteAllText(path, text.ToString());
        }
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
