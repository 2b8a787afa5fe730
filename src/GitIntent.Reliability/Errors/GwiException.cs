using System.Collections.ObjectModel;
using System.Text;
using System.Text.Json;

namespace GitIntent.Reliability;

/// <summary>The base of the library's errors: a code, and everything that follows from it.</summary>
public class GwiException : Exception
{
    private static readonly ReadOnlyDictionary<string, object?> s_none = ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>Creates an error of <paramref name="code"/>.</summary>
    /// <param name="code">A number that is no code counts as <see cref="ErrorCode.UnhandledError"/>.</param>
    /// <param name="message">What happened, for a human.</param>
    /// <param name="innerException">The cause.</param>
    /// <param name="details">What else is known.</param>
    public GwiException(ErrorCode code, string message, Exception? innerException = null, ErrorDetails? details = null)
        : base(message, innerException)
    {
        Definition = ErrorCodes.Describe(code);
        if (Definition.Retryable)
        {
            RetryAfter = NotNegative(details?.RetryAfter ?? Definition.RetryAfter);
            MaxRetries = Math.Max(0, details?.MaxRetries ?? Definition.MaxRetries ?? 0);
        }

        // A copy: an error describes the moment it was thrown.
        Context = details?.Context is { Count: > 0 } context ? new ReadOnlyDictionary<string, object?>(Copy(context)) : s_none;
        Timestamp = details?.Timestamp ?? TimeProvider.System.GetUtcNow();
    }

    /// <summary>The row of the taxonomy that decides.</summary>
    public ErrorDefinition Definition { get; }

    /// <summary>The code.</summary>
    public ErrorCode Code => Definition.Code;

    /// <summary>Whether the same call may succeed later. It follows from the code and from nothing else.</summary>
    public bool Retryable => Definition.Retryable;

    /// <summary>How long to wait before trying again; null where it is not retryable.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>How often to try again; null where it is not retryable.</summary>
    public int? MaxRetries { get; }

    /// <summary>Facts for whoever has to find the cause. Never null.</summary>
    public IReadOnlyDictionary<string, object?> Context { get; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>The fields that only this type has, by their published names. Empty for the base class.</summary>
    public virtual IReadOnlyDictionary<string, object?> Fields => s_none;

    /// <summary>The error as one JSON object: name, code, message, retryable, retryAfterMs, maxRetries, the type's fields, context, timestamp, cause, stack. Redacted; never throws.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonValues.WriterOptions))
            ExceptionJson.Write(json, this, includeStack: true);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static TimeSpan? NotNegative(TimeSpan? value) => value < TimeSpan.Zero ? TimeSpan.Zero : value;

    private static Dictionary<string, object?> Copy(IReadOnlyDictionary<string, object?> from)
    {
        var copy = new Dictionary<string, object?>(from.Count, StringComparer.Ordinal);
        foreach (var (key, value) in from)
            copy[key] = value;
        return copy;
    }
}
