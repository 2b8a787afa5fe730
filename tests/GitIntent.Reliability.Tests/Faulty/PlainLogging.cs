using System.Diagnostics;
using System.Globalization;
using GitIntent.Reliability.Conformance;
using Microsoft.Extensions.Logging;
using static GitIntent.Reliability.Tests.Faulty.ObservabilityFault;

namespace GitIntent.Reliability.Tests.Faulty;

/// <summary>Logging written anew for this catalogue: no scopes, no JSON writer, values in a list. Correct unless a fault is switched on.</summary>
internal sealed class PlainLogging(TimeProvider time, PlainContexts contexts, ObservabilityFault? fault) : ILogging
{
    public ILogger Create(LogRequest request) => new Logger(this, request, []);

    public ILogger Child(ILogger parent, IReadOnlyList<KeyValuePair<string, object?>> data) => ((Logger)parent).Child(data);

    public async Task<T> TimeAsync<T>(ILogger logger, string operation, Func<Task<T>> body)
    {
        if (fault == StartLoggedToo)
            Say(logger, LogLevel.Information, $"{operation} starts", TimeSpan.Zero, null);
        var (started, wall) = (time.GetTimestamp(), time.GetUtcNow());
        var span = contexts.StartSpan(operation);
        var early = fault == FailureAtOnceNotLogged ? body() : null;
        if (fault == TimedRunAgain)
            body = AgainAfterTimeout(body);
        try
        {
            var task = early ?? body();
            var atAwait = time.GetElapsedTime(started);
            var result = await task;
            End(false);
            Say(logger, LogLevel.Information, $"{operation} succeeded", fault == DurationToFirstAwait ? atAwait : Took(), null);
            return result;
        }
        catch (OperationCanceledException e) when (fault != CancellationIsFailure)
        {
            End(fault == OperationSpanFailsOnCancellation);
            Say(logger, LogLevel.Information, fault switch { CancellationIsSuccess => $"{operation} succeeded", CancellationReadsAsFailure => $"{operation} failed", _ => $"{operation} was stopped" }, Took(), null);
            GC.KeepAlive(e);
            throw;
        }
        catch (Exception e) when (e is not LoggingFailed)
        {
            End(fault != OperationSpanNeverFails);
            if (fault == SuccessAlways)
                Say(logger, LogLevel.Information, $"{operation} succeeded", Took(), null);
            else if (fault != FailureNotLogged)
                Say(logger, fault == FailureAsWarning ? LogLevel.Warning : LogLevel.Error, $"{operation} failed", Took(), fault == FailureWithoutError ? null : e);
            if (fault == ErrorWrapped)
                throw new InvalidOperationException($"{operation} failed", e);
            throw;
        }

        TimeSpan Took() => fault == DurationByWallClock ? time.GetUtcNow() - wall : time.GetElapsedTime(started);

        void End(bool failed)
        {
            if (failed)
                span.SetStatus(ActivityStatusCode.Error);
            if (fault != OperationSpanLeftOpen || !failed)
                span.Stop();
        }
    }

    private static Func<Task<T>> AgainAfterTimeout<T>(Func<Task<T>> body) => async () =>
    {
        try
        {
            return await body();
        }
        catch (TimeoutException)
        {
            return await body();
        }
    };

    private void Say(ILogger logger, LogLevel level, string what, TimeSpan took, Exception? error)
    {
        try
        {
            logger.Log(level, default, new KeyValuePair<string, object?>[] { new("durationMs", fault == DurationInSeconds ? took.TotalSeconds : took.TotalMilliseconds) }, error, (_, _) => what);
        }
        catch (Exception e) when (fault != ResultLostWithLine)
        {
            GC.KeepAlive(e);
        }
        catch (Exception e)
        {
            throw new LoggingFailed(e);
        }
    }

    private sealed class LoggingFailed(Exception e) : Exception("logging failed", e);

    private sealed class Logger(PlainLogging logging, LogRequest request, List<KeyValuePair<string, object?>> own) : ILogger
    {
        private readonly DateTimeOffset _made = logging.Now;
        private readonly RunIdentity? _madeIn = logging.Contexts.Current;
        private bool _ended;

        private ObservabilityFault? Fault => logging.Fault;

        public Logger Child(IReadOnlyList<KeyValuePair<string, object?>> data)
        {
            var level = Fault == ChildLevelReset ? request with { MinimumLevel = null } : request;
            if (Fault == ChildSharesParentsValues)
            {
                own.AddRange(data);
                return new Logger(logging, level, own);
            }

            return new Logger(logging, level, Fault switch
            {
                ChildForgetsGrandparent => [.. data],
                ChildParentWins => [.. data, .. own],
                _ => [.. own, .. data],
            });
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel)
        {
            var lowest = (Fault == LevelIgnored ? null : request.MinimumLevel) ?? (Fault == DebugOn ? LogLevel.Debug : LogLevel.Information);
            if (Fault == TraceIsInformation && logLevel == LogLevel.Trace)
                return true;
            return logLevel != LogLevel.None && (Fault == LevelExclusive ? logLevel > lowest : logLevel >= lowest);
        }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (Fault == FormatsWhenOff)
                _ = formatter(state, exception);
            if (Fault == LooksWhenOff)
                _ = (state as IEnumerable<KeyValuePair<string, object?>>)?.Count();
            if (!IsEnabled(logLevel) || _ended)
                return;
            try
            {
                Write(logLevel, Line(logLevel, state, exception, formatter));
            }
            catch (Exception e) when (!Throws(e))
            {
                _ended = Fault == StreamErrorEndsLogging && e is IOException;
            }
        }

        private bool Throws(Exception e) => Fault switch
        {
            StreamErrorThrows => e is IOException,
            BadValueThrows or BadErrorThrows or CircleThrows or BadFormatterThrows => e is InvalidOperationException,
            _ => false,
        };

        private void Write(LogLevel level, string line)
        {
            var toErrors = level >= (Fault == WarningsToOutput ? LogLevel.Error : LogLevel.Warning) && Fault != ErrorsToOutput;
            var to = toErrors ? request.Errors : request.Output;
            if (Fault == LineInTwoWrites)
            {
                to.Write(line);
                to.Write("\n");
            }
            else
            {
                to.Write(line + "\n");
            }

            if (Fault == ErrorsToBoth && toErrors)
                request.Output.Write(line + "\n");
        }

        private string Line<TState>(LogLevel level, TState state, Exception? error, Func<TState, Exception?, string> formatter)
        {
            var json = new PlainJson(Fault);
            var fields = new List<(string, object?)>
            {
                ("level", Fault == LevelsByPlatformName ? level.ToString() : level switch { >= LogLevel.Error => "ERROR", LogLevel.Warning => "WARN", LogLevel.Information => "INFO", _ => "DEBUG" }),
                ("message", json.Redacted(Fault == ErrorReplacesMessage && error is not null ? Safely(() => error.Message) : Fault == BadFormatterThrows ? formatter(state, error) : Safely(() => formatter(state, error)), PlainJson.Place.Message)),
                ("timestamp", Fault switch
                {
                    TimestampLocal => logging.Now.ToOffset(TimeSpan.FromHours(2)).ToString("O", CultureInfo.InvariantCulture),
                    TimestampOfLogger => _made.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                    TimestampOfSystem => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                    _ => logging.Now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                }),
            };
            if (Fault != ComponentForgotten)
                fields.Add(("component", request.Component));
            Stamp(fields);
            Values(fields, json, state);
            if (error is not null)
                fields.Add(("error", Error(json, Fault == InnermostErrorLogged ? error.GetBaseException() : error)));
            return json.Object(fields, top: true);
        }

        private void Stamp(List<(string, object?)> fields)
        {
            var context = Fault switch
            {
                LineStampedWhenLoggerWasMade => _madeIn,
                LineStampedByLatestRun => logging.Contexts.Latest,
                _ => logging.Contexts.Current,
            };
            if (context?.RunId is { } run)
                fields.Add(("runId", run));
            if (context?.TenantId is { } tenant && Fault != LineWithoutTenant)
                fields.Add(("tenantId", tenant));
            if (context?.StepId is { } step)
                fields.Add(("stepId", step));
            if (Activity.Current is not { } span)
                return;
            while (Fault == LineNamesRootSpan && span.Parent is { } parent)
                span = parent;
            fields.Add(("spanId", span.SpanId.ToHexString()));
        }

        private void Values<TState>(List<(string, object?)> fields, PlainJson json, TState state)
        {
            var values = new List<(string Name, object? Value)>();
            var entry = (state as IEnumerable<KeyValuePair<string, object?>> ?? []).ToList();
            foreach (var (name, value) in own.Concat(entry))
            {
                values.RemoveAll(v => v.Name == name);
                if (name != "{OriginalFormat}" && !(Fault == FalsyValuesDropped && value is 0 or false or ""))
                    values.Add((name, Fault == SecretsOfChildKept && own.Any(o => o.Key == name) ? value : json.Safe(name, value)));
            }

            if (Fault == EntryStaysInLogger)
                own.AddRange(entry);
            var duration = values.Find(static v => v.Name == "durationMs");
            if (duration.Name is not null && values.Remove(duration))
                fields.Add(duration);
            if (Fault == ValuesAtTop)
                fields.AddRange(values.Select(static v => (v.Name, v.Value)));
            else if (values.Count > 0)
                fields.Add(("data", values));
        }

        private List<(string, object?)> Error(PlainJson json, Exception error)
        {
            var fields = new List<(string, object?)> { ("name", error.GetType().FullName), ("message", json.Redacted(Fault == BadErrorThrows ? error.Message : Safely(() => error.Message), PlainJson.Place.Error)) };
            if (Fault != ErrorCodeForgotten && error is GwiException ours)
                fields.Add(("code", ours.Definition.Name));
            if (Fault != ErrorStackForgotten && Safely(() => error.StackTrace ?? "") is { Length: > 0 } stack)
                fields.Add(("stack", stack));
            return fields;
        }

        private static string Safely(Func<string> text)
        {
            try
            {
                return text();
            }
            catch (Exception e)
            {
                return e.GetType().Name;
            }
        }
    }

    private DateTimeOffset Now => time.GetUtcNow();

    private PlainContexts Contexts => contexts;

    private ObservabilityFault? Fault => fault;
}
