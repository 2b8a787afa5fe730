using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace GitIntent.Arv.Bench;

/// <summary>What one run of a command took: wall and processor time in seconds, the most memory in MiB.</summary>
internal readonly partial record struct Measurement(double Wall, double Processor, double Memory)
{
    /// <param name="expected">Exit codes that are no failure: with findings it is 1.</param>
    public static Measurement Of(string folder, string[] command, params ReadOnlySpan<int> expected)
    {
        using var process = Start(Environment.ProcessPath!, [.. Own, "measure", folder, .. command], folder, keep: true);
        var line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var parts = line.Split(' ').Select(static p => double.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        return expected.Contains((int)parts[3])
            ? new Measurement(parts[0], parts[1], parts[2])
            : throw new InvalidOperationException($"{command[0]} exited with {parts[3]}");
    }

    public static int Child(string folder, string[] command)
    {
        var clock = Stopwatch.StartNew();
        using var process = Start(command[0], command[1..], folder, keep: false);
        var drained = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        var memory = 0.0;
        // What the system says of a child's most memory begins with that of its parent at the fork.
        while (!process.WaitForExit(1))
            memory = Math.Max(memory, MostMemory(process.Id));
        drained.Wait();
        var wall = clock.Elapsed.TotalSeconds;
        if (GetUsage(Children, out var usage) != 0)
            return 1;
        Console.Out.Write(string.Create(CultureInfo.InvariantCulture, $"{wall} {usage.Processor} {memory} {process.ExitCode}"));
        return 0;
    }

    public static Measurement Median(IEnumerable<Measurement> runs)
    {
        var all = runs.ToList();
        return new Measurement(Middle(static m => m.Wall), Middle(static m => m.Processor), Middle(static m => m.Memory));

        double Middle(Func<Measurement, double> of) => all.Select(of).Order().ElementAt(all.Count / 2);
    }

    public static Process Start(string program, string[] arguments, string folder, bool keep) => Process.Start(
        new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = !keep })!;

    /// <summary>Where it is run by <c>dotnet</c>, that needs to be told what to run.</summary>
    private static string[] Own => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Measurement).Assembly.Location] : [];

    private static double MostMemory(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(static l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0; // it has ended
        }
    }

    private const int Children = -1;

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, out Usage usage);

    /// <summary>struct rusage of 64-bit Linux, as far as it is used.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private readonly struct Usage
    {
        private readonly long _userSeconds;
        private readonly long _userMicroseconds;
        private readonly long _systemSeconds;
        private readonly long _systemMicroseconds;

        public double Processor => _userSeconds + _systemSeconds + ((_userMicroseconds + _systemMicroseconds) / 1e6);
    }
}
