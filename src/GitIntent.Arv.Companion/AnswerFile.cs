using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GitIntent.Arv.Companion;

/// <summary>The answer of a job as JSON lines, each written at once and whole: what was written before the process died is there.</summary>
internal sealed class AnswerFile(string path) : IDisposable
{
    public string Path => path;

    private readonly FileStream _file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    private readonly Lock _gate = new();

    public void Write<T>(T line, JsonTypeInfo<T> type)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, type), (byte)'\n'];
        lock (_gate)
            _file.Write(bytes);
    }

    public void Dispose() => _file.Dispose();
}
