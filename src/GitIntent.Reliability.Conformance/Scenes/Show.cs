using System.Globalization;

namespace GitIntent.Reliability.Conformance.Scenes;

/// <summary>How values look in histories: the same for the same history, so no random ids and no absolute times.</summary>
internal static class Show
{
    public static string Time(TimeSpan time) => time.TotalSeconds >= 1 && time.Ticks % TimeSpan.TicksPerSecond == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.####} ms");

    public static string At(DateTimeOffset time) => RecordedCall.Seconds(time - VirtualTime.Start);

    public static string Value<T>(T value) => value switch
    {
        null => "nothing",
        DateTimeOffset at => At(at),
        RunLock held => $"{held.Tenant}/{held.RunId} held by {Held(held)}, since {At(held.AcquiredAt)}, reason {Value(held.Reason)}",
        IdempotencyRecord record => $"{record.Tenant}/{record.RunId}/{record.StepId}/{record.Operation} {Record(record)}, since {At(record.CreatedAt)}",
        TimeSpan time => Time(time),
        bool yes => yes ? "true" : "false",
        string text => $"\"{text}\"",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    public static string Held(RunLock? held) => held is null ? "nobody" : $"{held.HolderId}, fence {Value(held.Fence)}, until {At(held.ExpiresAt)}";

    public static string Attempt(LockAttempt attempt) => attempt.Handle is { } handle
        ? $"acquired, fence {Value(handle.Fence)}, until {At(handle.ExpiresAt)}"
        : $"refused: {Held(attempt.Existing)}";

    public static string Locks(IReadOnlyList<RunLock> locks) => locks.Count == 0 ? "none" : string.Join("; ", locks.Select(static l => $"{l.RunId}: {Held(l)}"));

    public static string Record(IdempotencyRecord? record) => record is null ? "none"
        : $"{record.Status.ToString().ToLowerInvariant()}, fence {Value(record.Fence)}, until {At(record.ExpiresAt)}{(record.ResultJson is { } json ? $", result {json}" : "")}{(record.Failure is { } failure ? $", {failure.Code}" : "")}";

    public static string Begin(IdempotencyAttempt attempt) => attempt.Started ? $"started, fence {Value(attempt.Record.Fence)}, until {At(attempt.Record.ExpiresAt)}" : $"not started: {Record(attempt.Record)}";

    public static string Records(IReadOnlyList<IdempotencyRecord> records) => records.Count == 0 ? "none" : string.Join("; ", records.Select(static r => $"{r.RunId}/{r.StepId}/{r.Operation}: {Record(r)}"));

    /// <summary>A log line, or any long text: what of it is left out is said.</summary>
    public static string Line(string text)
    {
        const int most = 160;
        text = string.Concat(text.Select(static c => c switch { '\n' => "\\n", '\r' => "\\r", _ when char.IsControl(c) => $"\\x{(int)c:x2}", _ => c.ToString() }));
        return text.Length <= most ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, most)}… ({text.Length - most} more characters)");
    }

    public static string Identity(RunIdentity? identity) => identity is null
        ? "none"
        : string.Join(", ", new[] { ("run", identity.RunId), ("tenant", identity.TenantId), ("step", identity.StepId) }.Where(static p => p.Item2 is not null).Select(static p => $"{p.Item1} {p.Item2}"));
}
