using System.Collections;
using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability.Conformance.Scenes;

/// <summary>Somebody who logs. Every entry is recorded, with the lines that it came to.</summary>
internal sealed class LogActor
{
    private readonly Scene _scene;
    private readonly ILogging _logging;

    public LogActor(Scene scene, ILogging logging, LogWriter output, LogWriter errors, LogLevel? level, string component)
        : this(scene, logging, output, errors, logging.Create(new LogRequest(component, output, errors, level)))
    {
    }

    private LogActor(Scene scene, ILogging logging, LogWriter output, LogWriter errors, ILogger logger)
    {
        _scene = scene;
        _logging = logging;
        (Output, Errors) = (output, errors);
        Logger = logger ?? throw new BrokenPromiseException("There is no logger.");
    }

    public LogWriter Output { get; }

    public LogWriter Errors { get; }

    public ILogger Logger { get; }

    public LogActor Child(params (string Name, object? Value)[] data)
    {
        var child = _scene.Call($"child logger with {string.Join(", ", data.Select(static d => $"{d.Name} {Show.Value(d.Value)}"))}",
            () => _logging.Child(Logger, Pairs(data)), static _ => "a logger");
        return new LogActor(_scene, _logging, Output, Errors, child);
    }

    /// <summary>Logs an entry, and takes what is written since the last time.</summary>
    public Task<IReadOnlyList<LogLine>> WriteAsync(LogLevel level, string message, Exception? error = null, params (string Name, object? Value)[] data) =>
        TakeAsync($"log {level} {Show.Line(Show.Value(message))}{(error is null ? "" : $" with {error.GetType().Name}")}{(data.Length == 0 ? "" : $", {string.Join(", ", data.Select(static d => d.Name))}")}",
            () => Write(level, message, error, data));

    /// <summary>The same, where one line has to come of it.</summary>
    public async Task<LogLine> OneAsync(LogLevel level, string message, Exception? error = null, params (string Name, object? Value)[] data) =>
        One(await WriteAsync(level, message, error, data));

    public void Write(LogLevel level, string message, Exception? error = null, params (string Name, object? Value)[] data) =>
        Logger.Log(level, default, new Entry(message, Pairs(data)), error, static (entry, _) => entry.ToString());

    /// <summary>Times an operation, and takes what is written.</summary>
    public async Task<(T? Result, Exception? Error, IReadOnlyList<LogLine> Lines)> TimeAsync<T>(string operation, Func<Task<T>> body, ILogger? logger = null)
    {
        var (result, error) = (default(T), default(Exception));
        var lines = await TakeAsync($"time {operation}", async () =>
        {
            try
            {
                result = await _logging.TimeAsync(logger ?? Logger, operation, body).WaitAsync(_scene.Limit, TimeProvider.System);
            }
#pragma warning disable CA1031 // Do not catch general exception types: what passes is judged.
            catch (Exception e)
#pragma warning restore CA1031
            {
                error = e;
            }
        });
        return (result, error, lines);
    }

    public LogLine One(IReadOnlyList<LogLine> lines)
    {
        _scene.Holds(lines.Count == 1, $"One entry came to {Show.Value(lines.Count)} lines.");
        return lines[0];
    }

    /// <summary>What is written since the last time, standard output's first.</summary>
    public async Task<IReadOnlyList<LogLine>> LinesAsync()
    {
        await _logging.FlushAsync();
        return [.. Lines(Output.Take(), errors: false), .. Lines(Errors.Take(), errors: true)];
    }

    private Task<IReadOnlyList<LogLine>> TakeAsync(string call, Action log) => TakeAsync(call, () =>
    {
        log();
        return Task.CompletedTask;
    });

    private async Task<IReadOnlyList<LogLine>> TakeAsync(string call, Func<Task> log) =>
        (await _scene.History.CallAsync("caller", call, async () =>
        {
            await log();
            return await LinesAsync();
        }, static lines => lines.Count == 0 ? "no line" : string.Join(" ", lines.Select(static l => $"{(l.ToErrors ? "stderr" : "stdout")} {Show.Line(l.Text)}")), _scene.Limit)).Value;

    private static IEnumerable<LogLine> Lines(string text, bool errors)
    {
        if (text.Length == 0)
            return [];
        if (!text.EndsWith('\n'))
            throw new BrokenPromiseException($"What is written does not end with a line end: {Show.Line(text)}");
        return text[..^1].Split('\n').Select(line => LogLine.Parse(line.TrimEnd('\r'), errors));
    }

    private static KeyValuePair<string, object?>[] Pairs((string Name, object? Value)[] data) => [.. data.Select(static d => new KeyValuePair<string, object?>(d.Name, d.Value))];

    /// <summary>A state as <c>LogInformation</c> makes one.</summary>
    private sealed class Entry(string message, KeyValuePair<string, object?>[] data) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => data.Length + 1;

        public KeyValuePair<string, object?> this[int index] => index < data.Length ? data[index] : new("{OriginalFormat}", message);

        public override string ToString() => message;

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            for (var i = 0; i < Count; i++)
                yield return this[i];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
