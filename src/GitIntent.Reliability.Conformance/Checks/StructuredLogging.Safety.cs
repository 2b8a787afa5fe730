using System.Collections;
using GitIntent.Reliability.Conformance.Scenes;
using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>Secrets, values that fail, streams that fail, levels that are off.</summary>
internal static partial class StructuredLogging
{
    private const string Secret = "hunter2-hunter2-hunter2";

    private static readonly string[] s_secretNames = ["password", "DB_PASSWORD", "apiKey", "accessToken", "client_secret", "Authorization"];

    private static readonly string[] s_secretTexts =
    [
        $"password={Secret}", $"GET https://alice:{Secret}@example.org/", $"postgres://app:{Secret}@db/orders", $"Authorization: Bearer {Secret}",
    ];

    private static async Task SecretsByName(Scene s)
    {
        foreach (var name in s_secretNames)
        {
            Unseen(s, await s.Log().OneAsync(LogLevel.Information, "x", null, (name, Secret), ("User", "alice")), $"a value named {name}");
            Unseen(s, await s.Log().OneAsync(LogLevel.Information, "x", null, ("Request", new Dictionary<string, object?> { ["user"] = "alice", [name] = Secret })), $"a value named {name} in a map");
            Unseen(s, await s.Log().Child((name, Secret)).OneAsync(LogLevel.Information, "x"), $"a child's value named {name}");
        }
    }

    private static async Task SecretsByShape(Scene s)
    {
        foreach (var text in s_secretTexts)
        {
            var form = text.Replace(Secret, "…", StringComparison.Ordinal);
            Unseen(s, await s.Log().OneAsync(LogLevel.Information, text), $"\"{form}\" in a message");
            Unseen(s, await s.Log().OneAsync(LogLevel.Information, "x", null, ("Value", text)), $"\"{form}\" in a value");
            Unseen(s, await s.Log().OneAsync(LogLevel.Information, "x", null, ("Values", new object?[] { 1, text })), $"\"{form}\" in a list");
            Unseen(s, await s.Log().Child(("Value", text)).OneAsync(LogLevel.Information, "x"), $"\"{form}\" in a child's value");
            Unseen(s, await s.Log().OneAsync(LogLevel.Error, "x", new InvalidOperationException(text)), $"\"{form}\" in an error's message");
            Unseen(s, await s.Log().OneAsync(LogLevel.Error, "x", Thrown(new InvalidOperationException("y", new InvalidOperationException(text)))), $"\"{form}\" in a cause's message");
        }

        var timed = await s.Log().TimeAsync<int>("charge", () => throw new InvalidOperationException(s_secretTexts[0]));
        Unseen(s, s.Log().One(timed.Lines), "the error of a timed operation");
    }

    private static void Unseen(Scene s, LogLine line, string where)
    {
        s.Holds(!line.Text.Contains(Secret, StringComparison.Ordinal), $"A secret is in the line: {where}.");
        s.Fresh();
    }

    private static async Task NoSecretKept(Scene s)
    {
        const string text = "user alice paid 3 of 5 at https://example.org/orders/17?page=2 (the rest is pending)";
        var line = await s.Log().OneAsync(LogLevel.Warning, text, new InvalidOperationException(text), ("User", "alice"), ("Order", text), ("Count", 3));
        s.Same((line.Message, line.String("data", "Order"), line.String("error", "message")), (text, text, text), "The texts");
        s.Same((line.String("data", "User"), line.Number("data", "Count")), ("alice", 3d), "The values");
    }

    private static async Task BadValues(Scene s)
    {
        var log = s.Log();
        var circle = new List<object?>();
        circle.Add(circle);
        foreach (var (value, what) in new (object?, string)[]
        {
            (new Bad(), "a value whose text cannot be had"), (new object?[] { 1, new Bad() }, "a list with such a value"), (new Dictionary<string, object?> { ["x"] = new Bad() }, "a map with such a value"),
            (new Breaking(), "a list that breaks off"), (circle, "a list that is in itself"), (double.NaN, "not a number"), (double.PositiveInfinity, "infinity"), ("\ud800", "half a character"),
            (typeof(string), "a type"), (new Action(() => { }), "a delegate"), (null, "null"), (DateTime.MinValue, "the first moment"), (new string('x', 70_000), "a long text"),
        })
        {
            await DoesNotThrowAsync(s, what, () => log.WriteAsync(LogLevel.Information, "it goes on", null, ("Value", value), ("Other", 1)));
        }

        foreach (var e in new Exception[] { new BadException(), Thrown(new BadException()), new InvalidOperationException("x", new BadException()), new AggregateException() })
            await DoesNotThrowAsync(s, $"an error that cannot be read, a {e.GetType().Name}", () => log.WriteAsync(LogLevel.Error, "it goes on", e));
        await DoesNotThrowAsync(s, "half a character in the message", () => log.WriteAsync(LogLevel.Information, "\ud800"));
        await DoesNotThrowAsync(s, "half a character in a name", () => log.WriteAsync(LogLevel.Information, "x", null, ("\udc00", 1)));
        await DoesNotThrowAsync(s, "a message that cannot be formatted", async () =>
        {
            s.Call("log Information with a formatter that throws", () =>
            {
                log.Logger.Log<object?>(LogLevel.Information, default, null, null, static (_, _) => throw new InvalidOperationException("no message for you"));
                return true;
            }, static _ => "done");
            return await log.LinesAsync();
        });
        s.Same((await log.OneAsync(LogLevel.Information, "after all that")).Message, "after all that", "The line after entries that could not be written whole");
    }

    private static async Task BadStreams(Scene s)
    {
        var log = s.Log();
        (log.Output.Fails, log.Errors.Fails) = (true, true);
        foreach (var level in new[] { LogLevel.Information, LogLevel.Error })
            await DoesNotThrowAsync(s, $"a full disk and an entry of {level}", () => log.WriteAsync(level, "lost"));
        var (result, error, _) = await log.TimeAsync("load", static () => Task.FromResult(7));
        s.Holds(error is null && result == 7, $"The result of an operation is lost with its log line: {error?.GetType().Name}");
        (log.Output.Fails, log.Errors.Fails) = (false, false);
        await log.LinesAsync(); // an implementation that writes later may still have some
        s.Same((await log.OneAsync(LogLevel.Information, "again")).Message, "again", "The line after the disk has room again");
        s.Same((await log.OneAsync(LogLevel.Error, "again")).Message, "again", "The line on standard error after the disk has room again");
    }

    private static async Task<T> DoesNotThrowAsync<T>(Scene s, string what, Func<Task<T>> log)
    {
        s.Fresh();
        try
        {
            return await log();
        }
#pragma warning disable CA1031 // Do not catch general exception types: whatever is thrown breaks the promise.
        catch (Exception e) when (e is not (BrokenPromiseException or PartMissingException))
#pragma warning restore CA1031
        {
            s.Holds(false, $"Logging threw {e.GetType().Name}: {what}.");
            throw;
        }
    }

    private static async Task OffCostsNothing(Scene s)
    {
        var parent = s.Log(LogLevel.Warning);
        foreach (var (log, who) in new[] { (parent, "a logger"), (parent.Child(("a", 1)), "a child logger") })
        {
            foreach (var level in new[] { LogLevel.Trace, LogLevel.Debug, LogLevel.Information })
            {
                var (formatted, looked) = (0, new Counting());
                s.Call($"log {level}", () =>
                {
                    log.Logger.Log(level, default, looked, null, (_, _) => $"{++formatted}");
                    return true;
                }, static _ => "done");
                s.Same(formatted, 0, $"How often {who} formatted the message of an entry of {level}, which is off");
                s.Same(looked.Times, 0, $"How often {who} looked at the values of an entry of {level}, which is off");
            }

            s.Same((await log.LinesAsync()).Count, 0, "How many lines entries came to whose level is off");
        }
    }

    private sealed class Bad
    {
        public override string ToString() => throw new InvalidOperationException("no text for you");
    }

    private sealed class BadException : Exception
    {
        public override string Message => throw new InvalidOperationException("no message for you");

        public override string? StackTrace => throw new InvalidOperationException("no stack for you");

        public override string ToString() => throw new InvalidOperationException("no text for you");
    }

    private sealed class Breaking : IEnumerable<int>
    {
        public IEnumerator<int> GetEnumerator()
        {
            yield return 1;
            throw new InvalidOperationException("no more for you");
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Counting : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Times { get; private set; }

        public int Count => ++Times;

        public KeyValuePair<string, object?> this[int index] => new("x", ++Times);

        public override string ToString() => $"{++Times}";

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            Times++;
            yield break;
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
