using System.Globalization;
using System.IO.Enumeration;
using System.Text;

namespace GitIntent.Arv.Processes.Linux;

/// <param name="State">R, S, D, T, Z …</param>
/// <param name="Started">In clock ticks after boot: with the number it names one process for ever.</param>
internal readonly record struct ProcEntry(int Pid, char State, int Parent, int Session, ulong Started)
{
    public bool IsOver => State is 'Z' or 'X' or 'x';
}

/// <summary>What /proc says about the processes of this system: proc(5).</summary>
internal static class ProcTable
{
    public static List<ProcEntry> Read()
    {
        var numbers = new FileSystemEnumerable<int>("/proc", static (ref FileSystemEntry entry) => int.Parse(entry.FileName, CultureInfo.InvariantCulture))
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) => char.IsAsciiDigit(entry.FileName[0]),
        };
        var all = new List<ProcEntry>();
        foreach (var pid in numbers)
        {
            if (Find(pid) is { } entry)
                all.Add(entry);
        }
        return all;
    }

    public static ProcEntry? Find(int pid)
    {
        Span<byte> buffer = stackalloc byte[1024];
        try
        {
            using var file = File.OpenHandle($"/proc/{pid}/stat");
            var line = buffer[..RandomAccess.Read(file, buffer, 0)];
            // The name, in brackets, may hold blanks and brackets of its own: the last one ends it.
            var rest = Encoding.ASCII.GetString(line[(line.LastIndexOf((byte)')') + 2)..]).Split(' ');
            return new ProcEntry(pid, rest[0][0], Number(rest[1]), Number(rest[3]), ulong.Parse(rest[19], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            return null; // it ended while it was looked at
        }
    }

    /// <summary>The environment that it was started with, as bytes; empty where it may not be read.</summary>
    public static byte[] EnvironmentOf(int pid) => ReadAll(pid, "environ");

    /// <summary>For people: its command line, or its name in brackets.</summary>
    public static string CommandOf(int pid)
    {
        var line = Encoding.UTF8.GetString(ReadAll(pid, "cmdline")).TrimEnd('\0').Replace('\0', ' ');
        if (line.Length == 0)
            line = $"[{Encoding.UTF8.GetString(ReadAll(pid, "comm")).TrimEnd('\n')}]";
        return line.Length <= 200 ? line : line[..199] + "…";
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static byte[] ReadAll(int pid, string name)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{pid}/{name}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
