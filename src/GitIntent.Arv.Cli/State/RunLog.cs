using System.Text;
using GitIntent.Arv.Model;
using GitIntent.Arv.Running;
using GitIntent.Reliability;
using Microsoft.Extensions.Logging;

namespace GitIntent.Arv.Cli.State;

/// <summary>What happens in a run, as JSON lines in the file of <c>--log</c>: each with the run, the gate and the check that it is about.</summary>
internal sealed class RunLog : IRunObserver, IDisposable
{
    private readonly StreamWriter? _writer;
    private readonly JsonLinesLoggerProvider? _provider;
    private readonly ILogger? _logger;
    private readonly string _runId;
    private readonly string? _path;

    /// <param name="path">Null: nothing is logged.</param>
    /// <exception cref="CliException">The file cannot be written.</exception>
    public RunLog(string? path, string runId, CliContext context)
    {
        _runId = runId;
        _path = path;
        if (path is null)
            return;
        try
        {
            var file = Path.GetFullPath(path, context.CurrentDirectory);
            if (Directory.Exists(file))
                throw new CliException(ExitCodes.Machine, $"error: --log: {path} is a directory; name a file in it");
            _writer = new StreamWriter(file, append: true, new UTF8Encoding(false)) { AutoFlush = true };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CliException(ExitCodes.Machine, $"error: --log: {path} cannot be written: {e.Message}");
        }
        _provider = new JsonLinesLoggerProvider(_writer, null, new JsonLinesOptions { MinimumLevel = LogLevel.Debug, TimeProvider = context.Time });
        _logger = _provider.CreateLogger("arv");
    }

    public void Started(string root, string plan) =>
        Write(null, LogLevel.Information, "run started in {Root} with {Plan}", root, plan);

    public void Ended(RunReport report)
    {
        var summary = Summary.Of(report);
        Write(null, report.ExitCode == 0 ? LogLevel.Information : LogLevel.Warning,
            "run ended: {Verdict}, {Errors} errors, {Warnings} warnings, exit {ExitCode}, {DurationMs} ms{Reason}",
            Word(report.Verdict), summary.Errors, summary.Warnings, report.ExitCode, (long)report.Duration.TotalMilliseconds, report.Reason is { } reason ? ": " + reason : "");
    }

    /// <summary>An error that ended the run, with what an auditor wants to know of it.</summary>
    public void Failed(Exception exception)
    {
        var audit = ErrorTaxonomy.ToAuditEvent(exception, new Dictionary<string, object?> { ["runId"] = _runId });
        Write(null, LogLevel.Error, "run failed: {Audit}", audit.ToJson());
    }

    public void CheckStarted(string gate, string check) => Write($"{gate}/{check}", LogLevel.Debug, "check {Gate}/{Check} started", gate, check);

    public void CheckFinished(string gate, CheckReport check) => Write($"{gate}/{check.Id}", LevelOf(check.Verdict),
        "check {Gate}/{Check} {Verdict} in {DurationMs} ms{Reason}", gate, check.Id, Word(check.Verdict), (long)check.Duration.TotalMilliseconds, check.Reason is { } reason ? ": " + reason : "");

    public void GateFinished(GateReport gate) => Write(gate.Id, LevelOf(gate.Verdict),
        "gate {Gate} {Verdict}, {Findings} findings{Reason}", gate.Id, Word(gate.Verdict), gate.Findings.Length, gate.Reason is { } reason ? ": " + reason : "");

    /// <returns>Null when all of it is written; else what went wrong: logging itself never throws.</returns>
    public string? Close()
    {
        try
        {
            _provider?.Dispose();
            _writer?.Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"error: --log: {_path} is not whole: {e.Message}";
        }
    }

    public void Dispose() => Close();

    private static string Word(Verdict verdict) => verdict.ToString().ToLowerInvariant();

    private static LogLevel LevelOf(Verdict verdict) => verdict is Verdict.Failed or Verdict.Refused ? LogLevel.Warning : LogLevel.Information;

#pragma warning disable CA2254 // the templates are the callers' constants
    private void Write(string? step, LogLevel level, string template, params object?[] values)
    {
        if (_logger is null)
            return;
        using (RunContext.Begin(_runId, stepId: step))
            _logger.Log(level, template, values);
    }
#pragma warning restore CA2254
}
