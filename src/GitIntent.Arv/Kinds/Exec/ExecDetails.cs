using System.Buffers;
using System.Text.Json;
using GitIntent.Arv.Kinds.Exec.Results;
using GitIntent.Arv.Processes;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Kinds.Exec;

/// <summary>Writes the <c>details</c> of an exec check's report.</summary>
internal static class ExecDetails
{
    public static JsonElement Write(Attempt last, TestResults? tests, int attempts, bool flaky, string root, CommandText text)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (last.Result.End == CommandEnd.Exited)
                json.WriteNumber("exitCode", last.Result.Code);
            else
                json.WriteNull("exitCode");
            WriteTests(json, tests);
            json.WriteNumber("attempts", attempts);
            json.WriteBoolean("flaky", flaky);
            json.WriteString("network", text.Clean(last.Network));
            json.WriteString("outputTail", text.Tail(last.Result.Tail.Span));
            json.WriteString("outputFolder", Shown(last.Folder.FullPath, root));
            WriteLeftovers(json, last, text);
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    /// <summary>Relative to the root where it is inside.</summary>
    private static string Shown(string folder, string root) =>
        RealPath.Of(folder) is { } real && RealPath.IsInside(root, real) ? Path.GetRelativePath(root, real).Replace('\\', '/') : folder;

    private static void WriteTests(Utf8JsonWriter json, TestResults? tests)
    {
        if (tests is null)
        {
            json.WriteNull("tests");
            return;
        }
        json.WriteStartObject("tests");
        json.WriteNumber("total", tests.Total);
        json.WriteNumber("failed", tests.Failed);
        json.WriteNumber("skipped", tests.Skipped);
        json.WriteEndObject();
    }

    private static void WriteLeftovers(Utf8JsonWriter json, Attempt last, CommandText text)
    {
        if (last.Result.Leftovers.IsEmpty)
            return;
        json.WriteStartArray("leftovers");
        foreach (var left in last.Result.Leftovers)
        {
            json.WriteStartObject();
            json.WriteNumber("pid", left.Pid);
            json.WriteString("command", text.Clean(left.Command));
            json.WriteBoolean("ended", left.Ended);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
