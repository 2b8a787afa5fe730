using System.Buffers;
using System.Text.Json;
using GitIntent.Arv.Companion.Judging;
using GitIntent.Reliability.Conformance;

namespace GitIntent.Arv.Kinds.Reliability;

/// <summary>Writes the <c>details</c> of a reliability finding: the history that breaks the promise.</summary>
internal static class HistoryDetails
{
    public static JsonElement Write(BrokenPromise broken, int seed)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("promise", broken.Name);
            json.WriteString("sentence", broken.Sentence);
            json.WriteString("what", broken.What);
            json.WriteNumber("seed", seed);
            json.WriteStartArray("history");
            for (var i = 0; i < broken.History.Length; i++)
                Call(json, broken.History, i);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void Call(Utf8JsonWriter json, RecordedCall[] history, int index)
    {
        var call = history[index];
        json.WriteStartObject();
        json.WriteNumber("number", index + 1);
        json.WriteNumber("fromMs", call.From.TotalMilliseconds);
        json.WriteNumber("toMs", call.To.TotalMilliseconds);
        json.WriteString("caller", call.Caller);
        json.WriteString("call", call.Call);
        json.WriteString("result", call.Result);
        json.WriteStartArray("overlaps");
        foreach (var other in RecordedCall.OverlapsOf(history, index))
            json.WriteNumberValue(other);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
