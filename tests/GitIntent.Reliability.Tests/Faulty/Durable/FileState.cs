using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace GitIntent.Reliability.Tests.Faulty.Durable;

/// <summary>Rows by name, in a file.</summary>
internal sealed class FileState(string path, DurableFault? fault, TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();

    public DateTimeOffset Now => time.GetUtcNow();

    public T Read<T>(Func<Dictionary<string, string[]>, T> look) => Alone(() => look(Load()));

    public T Write<T>(Func<Dictionary<string, string[]>, T> change) => Alone(() =>
    {
        var rows = Load();
        var result = change(rows);
        Save(rows);
        return result;
    });

    /// <summary>A number that never comes again.</summary>
    public static long Next(Dictionary<string, string[]> rows)
    {
        var next = Number(rows.GetValueOrDefault("next")?[0] ?? "0") + 1;
        rows["next"] = [Text(next)];
        return next;
    }

    public static long Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    public static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static string Text(DateTimeOffset time) => Text(time.UtcTicks);

    public static DateTimeOffset Time(string text) => new(Number(text), TimeSpan.Zero);

    private T Alone<T>(Func<T> act)
    {
        lock (_gate)
        {
            // The system gives the file free when its process ends, however it ends.
            using var _ = Open(() => new FileStream($"{path}.lock", fault == DurableFault.LockFileLeft ? FileMode.CreateNew : FileMode.OpenOrCreate, FileAccess.Write, FileShare.None));
            var result = act();
            if (fault == DurableFault.LockFileLeft)
                File.Delete($"{path}.lock");
            return result;
        }
    }

    private FileStream Open(Func<FileStream> open)
    {
        var patience = fault == DurableFault.LockFileLeft ? s_patience / 50 : s_patience;
        for (var from = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                return open();
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(from) < patience)
            {
                Thread.Yield();
            }
        }
    }

    private Dictionary<string, string[]> Load()
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length == 0)
            return new(StringComparer.Ordinal);
        var text = File.ReadAllText(path);
        if (fault == DurableFault.LogCut)
            text = LastEntry(text);
        return JsonSerializer.Deserialize<Dictionary<string, string[]>>(text)!;
    }

    private void Save(Dictionary<string, string[]> rows)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(rows);
        if (fault == DurableFault.LogCut)
        {
            Append(bytes);
            return;
        }

        var target = fault == DurableFault.TruncatedFirst ? path : $"{path}.new";
        using (var file = new FileStream(target, FileMode.Create, FileAccess.Write))
        {
            if (fault == DurableFault.TruncatedFirst)
            {
                file.Flush(true);
                _ = Now; // a moment at which the kit kills
            }

            file.Write(bytes);
            file.Flush(true);
        }

        if (target != path)
            File.Move(target, path, overwrite: true);
    }

    /// <summary>Entries as logs have them: length, line feed, what it is.</summary>
    private void Append(byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write);
        file.Write(Encoding.ASCII.GetBytes($"{Text(bytes.Length)}\n"));
        file.Flush(true);
        _ = Now; // a moment at which the kit kills, so that no chance has to hit
        file.Write(bytes);
        file.Flush(true);
    }

    private static string LastEntry(string log)
    {
        var bytes = Encoding.UTF8.GetBytes(log).AsSpan();
        while (true)
        {
            var end = bytes.IndexOf((byte)'\n');
            var length = (int)Number(Encoding.ASCII.GetString(bytes[..end]));
            var entry = bytes.Slice(end + 1, length);
            if (end + 1 + length == bytes.Length)
                return Encoding.UTF8.GetString(entry);
            bytes = bytes[(end + 1 + length)..];
        }
    }
}
