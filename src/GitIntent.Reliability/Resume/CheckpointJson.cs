using System.Text.Json;

namespace GitIntent.Reliability;

/// <summary>The stored form of a checkpoint: an envelope with a format number, so that a newer form is told from a damaged one.</summary>
internal static class CheckpointJson
{
    private const int Format = 1;

    /// <param name="SaveId">Tells a request that is repeated from two that are alike.</param>
    internal sealed record Envelope(int Format, string? SaveId, RunCheckpoint? Checkpoint);

    public static string Write(RunCheckpoint checkpoint) => JsonSerializer.Serialize(new Envelope(Format, OwnerToken.Create().Reveal(), checkpoint), ReliabilityJson.Default.Envelope);

    public static RunCheckpoint Read(string run, StoredCheckpoint stored)
    {
        try
        {
            using var document = JsonDocument.Parse(stored.Json);
            var format = document.RootElement.GetProperty("format").GetInt32();
            if (format > Format)
                throw new GwiException(ErrorCode.ConfigurationError, $"The checkpoint of run {run} has format {format}; this version reads up to {Format}. Update GitIntent.Reliability.");
            var checkpoint = document.RootElement.Deserialize(ReliabilityJson.Default.Envelope)?.Checkpoint ?? throw new JsonException("It is empty.");
            return checkpoint with { Version = stored.Version };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new GwiException(ErrorCode.ConfigurationError, $"The checkpoint of run {run} is damaged: {SafeText.MessageOf(e)}", e);
        }
    }
}
