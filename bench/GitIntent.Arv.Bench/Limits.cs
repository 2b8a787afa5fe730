using System.Globalization;
using System.Text;

namespace GitIntent.Arv.Bench;

/// <summary>What memory must not grow with: the largest file, the longest line, and of the number of files only their names. Takes 3 GB of disk and a million inodes.</summary>
internal static class Limits
{
    private const int Block = 64 * 1024;
    private const long Megabyte = 1024 * 1024;
    private const int Folders = 1000;
    private const int FilesOfFolder = 1000;

    public static int Run(string arv)
    {
        var work = Directory.CreateTempSubdirectory("arv-limits-").FullName;
        try
        {
            var ripgrep = Peers.Ripgrep(work);
            var rules = RuleSets.Write(RuleSets.Sixty, work, "rules");
            Measure("a file of 1 kB", static folder => Write(folder, 1024, lines: true));
            Measure("a file of 2 GB", static folder => Write(folder, 2048 * Megabyte, lines: true));
            Measure("a line of 500 MB", static folder => Write(folder, 500 * Megabyte, lines: false));
            Measure("a million files", WriteMany);
            return 0;

            void Measure(string name, Action<string> write)
            {
                var folder = Path.Join(work, "tree");
                Directory.CreateDirectory(folder);
                write(folder);
                // Who comes first pays for what the kernel does not know yet.
                _ = Measurement.Of(folder, Peers.Command(ripgrep, rules.Patterns), 0, 1);
                var ours = Measurement.Of(folder, [Path.GetFullPath(arv), "run-all", folder, "--config", rules.Config, "--no-wait"], 0, 1);
                var theirs = Measurement.Of(folder, Peers.Command(ripgrep, rules.Patterns), 0, 1);
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{name,-18} {ours.Wall,6:0.00} / {theirs.Wall,6:0.00} s, {ours.Memory,4:0} / {theirs.Memory,4:0} MiB   arv / ripgrep"));
                Directory.Delete(folder, recursive: true);
            }
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static void Write(string folder, long length, bool lines)
    {
        var block = new byte[Block];
        for (var i = 0; i < block.Length; i++)
            block[i] = lines && i % 64 == 63 ? (byte)'\n' : (byte)('a' + (i % 26));
        using var file = File.Create(Path.Join(folder, "large.txt"));
        for (var left = length; left > 0; left -= Block)
            file.Write(block.AsSpan(0, (int)Math.Min(left, Block)));
    }

    private static void WriteMany(string folder)
    {
        var text = Encoding.UTF8.GetBytes("nothing\n");
        for (var i = 0; i < Folders; i++)
        {
            var path = Directory.CreateDirectory(Path.Join(folder, $"folder{i}")).FullName;
            for (var j = 0; j < FilesOfFolder; j++)
                File.WriteAllBytes(Path.Join(path, $"file{j}.txt"), text);
        }
    }
}
