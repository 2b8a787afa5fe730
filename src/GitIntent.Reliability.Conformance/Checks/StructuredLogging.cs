using GitIntent.Reliability.Conformance.Scenes;
using Microsoft.Extensions.Logging;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>What a log line says, and what logging must not do.</summary>
internal static partial class StructuredLogging
{
    public static ConformanceCheck Check { get; } = new("structured-logging", "Structured logging",
    [
        new("one-object-a-line", "Each entry is one line: a JSON object with level, message, timestamp and component, and no name twice.", OneObject),
        new("level-words", "Levels are written DEBUG, INFO, WARN and ERROR.", LevelWords),
        new("debug-off", "DEBUG is off unless it is asked for; the level that is asked for is the lowest that is written.", DebugOff),
        new("errors-apart", "Warnings and errors go to standard error and the rest to standard output, and each entry to one of them.", ErrorsApart),
        new("timestamp", "The timestamp is the moment of the entry, in UTC.", Timestamp),
        new("values-kept", "The named values of an entry are in data as what they are: numbers, truth values, text; zero, false and empty text too.", ValuesKept),
        new("fields-not-imitated", "No named value can pass for a field of the line.", FieldsNotImitated),
        new("no-injection", "Whatever is in a text, the entry stays one line and one object, and the text reads as it was.", NoInjection),
        new("error-told", "A logged error has its name, message, code and stack.", ErrorTold),
        new("child-inherits", "A child logger has its parent's component, level and values; of one name, the nearer value wins.", ChildInherits),
        new("child-apart", "A child changes neither its parent nor its siblings.", ChildApart),
        new("lines-whole", "Lines of several threads do not mix, and none is lost.", LinesWhole),
        new("secrets-by-name", "A value whose name is a secret's is not written, at any depth.", SecretsByName),
        new("secrets-by-shape", "What looks like a secret is not written, wherever it stands: in messages, values, errors.", SecretsByShape),
        new("no-secret-kept", "What is no secret is written as it is.", NoSecretKept),
        new("bad-values", "Logging never throws, whatever its values, errors and messages do, and goes on.", BadValues),
        new("bad-streams", "Logging never throws when its stream does, and goes on when the stream does.", BadStreams),
        new("off-costs-nothing", "An entry below the level costs nothing: no message is formatted, no value is looked at, nothing is written.", OffCostsNothing),
        new("success-told-once", "A timed operation that succeeds is logged once, with how long it took, and not as an error.", SuccessToldOnce),
        new("failure-told-once", "A timed operation that fails is logged once, as an error, with how long it took and what failed; nothing says that it succeeded.", FailureToldOnce),
        new("cancellation-told", "A timed operation that is cancelled neither succeeded nor failed.", CancellationTold),
        new("duration-measured", "A duration is measured: setting the time of day does not change it.", DurationMeasured),
        new("timed-result-kept", "The result or the error of a timed operation passes unchanged, whatever logging does.", ResultKept),
    ]);

    private static async Task OneObject(Scene s)
    {
        var log = s.Log(LogLevel.Debug);
        foreach (var level in new[] { LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error })
        {
            var line = await log.OneAsync(level, "order placed");
            s.Same((line.Message, line.String("component")), ("order placed", "app.Orders"), "Message and component of the line");
            _ = (line.Level, line.Timestamp);
        }
    }

    private static async Task LevelWords(Scene s)
    {
        var log = s.Log(LogLevel.Trace);
        foreach (var (level, word) in new[] { (LogLevel.Debug, "DEBUG"), (LogLevel.Information, "INFO"), (LogLevel.Warning, "WARN"), (LogLevel.Error, "ERROR"), (LogLevel.Critical, "ERROR") })
            s.Same((await log.OneAsync(level, "x")).Level, word, $"The level of an entry of {level}");
    }

    private static async Task DebugOff(Scene s)
    {
        LogLevel[] all = [LogLevel.Trace, LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error];
        foreach (var lowest in new LogLevel?[] { null, LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error })
        {
            s.Fresh();
            var log = s.Log(lowest);
            foreach (var level in all)
            {
                var (written, expected) = ((await log.WriteAsync(level, "x")).Count, level >= (lowest ?? LogLevel.Information) ? 1 : 0);
                s.Same(written, expected, $"How many lines an entry of {level} came to, where {(lowest is null ? "nobody asked for a level" : $"{lowest} is the lowest")}");
                s.Same(log.Logger.IsEnabled(level), expected == 1, $"Whether {level} is enabled, where {(lowest is null ? "nobody asked for a level" : $"{lowest} is the lowest")}");
            }
        }
    }

    private static async Task ErrorsApart(Scene s)
    {
        var log = s.Log(LogLevel.Debug);
        foreach (var level in new[] { LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error, LogLevel.Critical })
            s.Same((await log.OneAsync(level, "x")).ToErrors, level >= LogLevel.Warning, $"Whether an entry of {level} went to standard error");
        s.Same((await log.OneAsync(LogLevel.Information, "x", new InvalidOperationException("y"))).ToErrors, false, "Whether an entry of Information with an exception went to standard error");
    }

    private static async Task Timestamp(Scene s)
    {
        var log = s.Log();
        foreach (var pass in new[] { 0, 1, 1500, 86_400_000 })
        {
            s.Fresh();
            s.Pass(TimeSpan.FromMilliseconds(pass));
            var before = s.Now;
            var at = (await log.OneAsync(LogLevel.Information, "x")).Timestamp;
            s.Holds(at >= before.AddMilliseconds(-1) && at <= s.Now.AddMilliseconds(1), $"The timestamp is not the moment of the entry: expected {Show.At(before)}, found {Show.At(at)} since the start.");
        }
    }

    private static async Task ValuesKept(Scene s)
    {
        var log = s.Log();
        var line = await log.OneAsync(LogLevel.Information, "x", null, ("Count", 3), ("Zero", 0), ("Long", long.MaxValue), ("Ratio", -0.25), ("Yes", true), ("No", false), ("Text", "Zoë 😀"), ("Empty", ""));
        foreach (var (name, json) in new[] { ("Count", "3"), ("Zero", "0"), ("Long", "9223372036854775807"), ("Ratio", "-0.25"), ("Yes", "true"), ("No", "false") })
            s.Same(line.Field("data", name)?.GetRawText(), json, $"The value {name} of the line");
        s.Same((line.String("data", "Text"), line.String("data", "Empty")), ("Zoë 😀", ""), "The texts of the line");
        s.Same((await log.OneAsync(LogLevel.Information, "y")).Optional("data", "Count"), null, "The value Count of an entry without it");
    }

    private static async Task FieldsNotImitated(Scene s)
    {
        var log = s.Log();
        foreach (var name in new[] { "level", "message", "timestamp", "component", "runId", "tenantId", "stepId", "data", "error" })
        {
            s.Fresh();
            var line = await log.OneAsync(LogLevel.Information, "right", null, (name, "WRONG"));
            s.Same((line.Level, line.Message, line.String("component")), ("INFO", "right", "app.Orders"), $"The fields of a line with a value named {name}");
            s.Holds(line.Optional("runId") is null && line.Optional("tenantId") is null && line.Optional("stepId") is null && line.Optional("error") is null, $"A value named {name} became a field of the line.");
            s.Same(line.Optional("data", name), "WRONG", $"The value named {name}");
            _ = line.Timestamp;
        }
    }

    private static async Task NoInjection(Scene s)
    {
        foreach (var text in new[] { "a\nb", "a\r\nb", "a\rb", "\"},{\"level\":\"ERROR\",\"x\":\"", "back\\slash\\", "\0\u0001\u001b[31mred\u007f", "line\u2028separator\u0085", "tab\tend", "{Count} {0} {", "Zoë 😀 \u05d0", "</script>" })
        {
            s.Fresh();
            var line = await s.Log().OneAsync(LogLevel.Information, text, null, ("Value", text), ("In" + text, 1));
            s.Same(line.Message, text, "The message that was read back");
            s.Same(line.String("data", "Value"), text, "The value that was read back");
            s.Same(line.Optional("data", "In" + text), "1", "The value under the name that was read back");
            s.Same((await s.Log(component: text).OneAsync(LogLevel.Warning, "x")).String("component"), text, "The component that was read back");
            s.Same((await s.Log().OneAsync(LogLevel.Error, "x", new InvalidOperationException(text))).String("error", "message"), text, "The error's message that was read back");
        }
    }

    private static async Task ErrorTold(Scene s)
    {
        var log = s.Log();
        foreach (var (thrown, code) in new (Exception, string)[]
        {
            (new LockConflictException("run-1", "holder-A"), "LOCK_CONFLICT"), (new PolicyDeniedException("no"), "POLICY_DENIED"),
            (new TimeoutException("slow"), "TIMEOUT"), (new RetryableException("outer", ErrorCode.NetworkError, new InvalidOperationException("inner")), "NETWORK_ERROR"), (new InvalidOperationException("out of paper"), "UNHANDLED_ERROR"),
        })
        {
            s.Fresh();
            var line = await log.OneAsync(LogLevel.Error, "it failed", Thrown(thrown));
            s.Same(line.Message, "it failed", "The message of the line");
            s.Holds(line.String("error", "name").EndsWith(thrown.GetType().Name, StringComparison.Ordinal), $"The name of a {thrown.GetType().Name} is {Show.Value(line.String("error", "name"))}.");
            s.Same(line.String("error", "message"), thrown.Message, $"The message of a {thrown.GetType().Name}");
            s.Same(thrown is GwiException ? line.String("error", "code") : line.Optional("error", "code") ?? code, code, $"The code of a {thrown.GetType().Name}"); // a foreign error need not have one
            s.Holds(line.String("error", "stack").Contains(nameof(Thrown), StringComparison.Ordinal), "The stack does not say where the error was thrown.");
        }

        s.Same((await log.OneAsync(LogLevel.Error, "x")).Field("error")?.ValueKind, null, "The error of an entry without one");
    }

    private static async Task ChildInherits(Scene s)
    {
        var parent = s.Log(LogLevel.Warning);
        var child = parent.Child(("a", 1), ("b", 1), ("c", 1)).Child(("b", 2), ("c", 2), ("e", 2));
        var line = await child.OneAsync(LogLevel.Warning, "x", null, ("c", 3), ("d", 4));
        s.Same(line.String("component"), "app.Orders", "The component of the child");
        s.Same($"a={line.Optional("data", "a")} b={line.Optional("data", "b")} c={line.Optional("data", "c")} d={line.Optional("data", "d")} e={line.Optional("data", "e")}", "a=1 b=2 c=3 d=4 e=2", "The values of the child's entry");
        s.Same((await child.WriteAsync(LogLevel.Information, "x")).Count, 0, "How many lines an entry below the parent's level came to");
        s.Same((await child.OneAsync(LogLevel.Error, "x", new InvalidOperationException("y"))).String("error", "message"), "y", "The error of the child's entry");
    }

    private static async Task ChildApart(Scene s)
    {
        var parent = s.Log();
        string[] names = ["a", "b", "own", "z"];
        var (one, two) = (parent.Child(("a", 1)), parent.Child(("b", 2)));
        _ = one.Child(("a", 9), ("z", 9));
        await one.OneAsync(LogLevel.Information, "x", null, ("own", 1));
        foreach (var (log, expected, who) in new[] { (parent, "", "parent"), (one, "a=1", "first child"), (two, "b=2", "second child") })
        {
            var line = await log.OneAsync(LogLevel.Information, "x");
            var values = names.Where(n => line.Field("data", n) is not null).Select(n => $"{n}={line.Optional("data", n)}");
            s.Same(string.Join(" ", values), expected, $"The values of the {who}'s entry");
        }
    }

    private static async Task LinesWhole(Scene s)
    {
        const int each = 40;
        var log = s.Log();
        var logs = new[] { log, log, log.Child(("a", 1)) };
        await Linearizability.Threads.RunAsync(logs.Length, (caller, meet) =>
        {
            meet();
            for (var i = 0; i < each; i++)
                logs[caller].Write(LogLevel.Information, $"entry {caller}-{i}", null, ("Caller", caller), ("I", i));
            return true;
        }, s.Limit);
        var lines = await log.LinesAsync();
        s.History.Add(lines.Count);
        s.Holds(lines.All(l => l.Message == $"entry {l.Optional("data", "Caller")}-{l.Optional("data", "I")}"), "A line has the message of one entry and the values of another.");
        s.Same(lines.Select(static l => l.Message).Distinct().Count(), logs.Length * each, $"How many of {logs.Length * each} entries of {logs.Length} threads are written");
        s.Same(lines.Count, logs.Length * each, "How many lines they came to");
    }

    private static Exception Thrown(Exception e)
    {
        try
        {
            throw e;
        }
#pragma warning disable CA1031 // Do not catch general exception types: it is thrown to have a stack.
        catch (Exception caught)
#pragma warning restore CA1031
        {
            return caught;
        }
    }
}
