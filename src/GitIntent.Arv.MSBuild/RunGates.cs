using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using GitIntent.Arv.Model;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace GitIntent.Arv.MSBuild;

/// <summary>Runs the gates in a process of their own, and reads what they say. It succeeds whatever they say: that is in its outputs.</summary>
[MSBuildMultiThreadableTask]
public sealed class RunGates : ToolTask
{
    /// <summary>For the tool to end by itself, once its own limit has passed or it was told to.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ReportReader _report = new();
    private readonly List<string> _errors = [];
    private ToolLocation _tool = null!;
    private Process? _process;
    private bool _cancelled;
    private int _exitCode = HowItEnded.NotStarted; // the base class has one of its own, which it changes

    [Required]
    public string Root { get; set; } = "";

    [Required]
    public string Tools { get; set; } = "";

    public string Native { get; set; } = "";

    public string DotNetHost { get; set; } = "";

    public string Config { get; set; } = "";

    public string Only { get; set; } = "";

    public string Skip { get; set; } = "";

    public bool Exec { get; set; }

    public string ReportDirectory { get; set; } = "";

    public string TreatRefusedAs { get; set; } = WarningPolicy.Error;

    public string TimeLimit { get; set; } = "";

    [Output]
    public ITaskItem[] Findings { get; set; } = [];

    /// <summary>What <see cref="LogFindings"/> is to be asked for: each kind of finding that there is.</summary>
    [Output]
    public ITaskItem[] Kinds { get; set; } = [];

    protected override string ToolName => _tool.Name;

    /// <summary>The report of the run is on standard output, and what people read, or why there is no report, on standard error.</summary>
    protected override MessageImportance StandardOutputLoggingImportance => MessageImportance.High;

    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.Low;

    protected override Encoding StandardOutputEncoding => Encoding.UTF8;

    protected override Encoding StandardErrorEncoding => Encoding.UTF8;

    public override bool Execute()
    {
        TimeLimit = TimeLimit.Length == 0 ? MSBuild.TimeLimit.Default : TimeLimit;
        if (Mistake() is { } mistake)
            return Say([Place.Of(Root).Error(ExitCodes.Usage, mistake)]);
        if (!Directory.Exists(Root))
            return Say([new Place(Root).Error(ExitCodes.NotFound, "There is no such folder. The property ArvRoot names the repository; a relative path starts at the project.")]);
        if (TimeLimit != MSBuild.TimeLimit.None)
            Timeout = (int)Math.Min(int.MaxValue, (MSBuild.TimeLimit.Parse(TimeLimit)!.Value + Patience).TotalMilliseconds);
        _tool = ToolLocation.Find(Tools, Native, DotNetHost);
        base.Execute();
        if (_cancelled)
            return false;
        var outcome = new Outcome(Root, !Exec, TreatRefusedAs, TimeLimit);
        var findings = outcome.Of(_report, _exitCode, _errors);
        foreach (var (text, importance) in outcome.Messages)
            Log.LogMessage(importance, text, null);
        return Say(findings);
    }

    private bool Say(IReadOnlyCollection<Finding> findings)
    {
        Findings = [.. findings.Select(static f => f.ToItem())];
        Kinds = [.. findings.Select(static f => f.Kind).Distinct(StringComparer.Ordinal).OrderBy(static k => k, StringComparer.Ordinal).Select(static k => new TaskItem(k))];
        return true;
    }

    /// <summary>A property with a value that it cannot have.</summary>
    private string? Mistake() =>
        TreatRefusedAs is not (WarningPolicy.Error or WarningPolicy.Warning) ? $"ArvTreatRefusedAs: expected error or warning, found \"{TreatRefusedAs}\""
        : TimeLimit != MSBuild.TimeLimit.None && MSBuild.TimeLimit.Parse(TimeLimit) is null ? $"ArvTimeout: expected a time such as 500ms, 10s, 5m, 1h, or none, found \"{TimeLimit}\""
        : null;

    protected override string GenerateFullPathToTool() => _tool.Path;

    protected override string GetWorkingDirectory() => Root;

    protected override string GenerateCommandLineCommands()
    {
        var line = new CommandLineBuilder();
        line.AppendFileNameIfNotNull(_tool.Assembly);
        line.AppendSwitch("run-all");
        line.AppendFileNameIfNotNull(Root);
        line.AppendSwitch("--msbuild");
        line.AppendSwitch("-");
        // Its findings are the build's diagnostics already.
        line.AppendSwitch("--github=off");
        line.AppendSwitchIfNotNull("--parent=", Process.GetCurrentProcess().Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        line.AppendSwitchIfNotNull("--config=", Given(Config));
        line.AppendSwitchIfNotNull("--only=", Given(Only));
        line.AppendSwitchIfNotNull("--skip=", Given(Skip));
        if (TimeLimit != MSBuild.TimeLimit.None)
            line.AppendSwitchIfNotNull("--timeout=", TimeLimit);
        if (!Exec)
            line.AppendSwitch("--no-exec");
        if (Given(ReportDirectory) is { } folder)
        {
            line.AppendSwitchIfNotNull("--json=", Path.Combine(Root, folder, "arv.json"));
            line.AppendSwitchIfNotNull("--markdown=", Path.Combine(Root, folder, "arv.md"));
            line.AppendSwitchIfNotNull("--sarif=", Path.Combine(Root, folder, "arv.sarif"));
            line.AppendSwitchIfNotNull("--junit=", Path.Combine(Root, folder, "arv.junit.xml"));
        }
        return line.ToString();
    }

    private static string? Given(string value) => value.Length == 0 ? null : value;

    protected override int ExecuteTool(string pathToTool, string responseFileCommands, string commandLineCommands)
    {
        _exitCode = StartAndWait(commandLineCommands);
        if (_tool.Assembly is not null || _cancelled || _report.HasBegun || !HowItEnded.IsOfLoader(_exitCode, _errors))
            return _exitCode;
        Log.LogMessage(MessageImportance.Normal, $"The native arv does not run here, so the managed one does: {string.Join(" ", _errors)}", null);
        _errors.Clear();
        _tool = ToolLocation.Managed(Tools, DotNetHost);
        return _exitCode = StartAndWait(GenerateCommandLineCommands());
    }

    private int StartAndWait(string commandLine)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var code = base.ExecuteTool(_tool.Path, "", commandLine);
            return Timeout > 0 && clock.ElapsedMilliseconds >= Timeout && _report.Run is null ? HowItEnded.TimedOut : code;
        }
        catch (Win32Exception e) // no permission to execute it, a file system without programs, another libc, no such command
        {
            _errors.Add($"{_tool.Path} cannot be started: {e.Message}");
            return HowItEnded.NotStarted;
        }
    }

    protected override Process StartToolProcess(Process proc) => _process = base.StartToolProcess(proc);

    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (messageImportance == StandardOutputLoggingImportance)
        {
            _report.Read(singleLine);
            return;
        }
        _errors.Add(singleLine);
        Log.LogMessage(MessageImportance.Low, singleLine, null);
    }

    protected override void LogToolCommand(string message) => Log.LogMessage(MessageImportance.Low, message, null);

    /// <summary>An exit code is no error by itself: what it means is read from the report.</summary>
    protected override bool HandleTaskExecutionErrors() => true;

    /// <summary>Ctrl+C. The tool is asked to end first, for it knows what its commands have started; then it is made to.</summary>
    public override void Cancel()
    {
        _cancelled = true;
        if (_process is { } process && Signal.Terminate(process))
            process.WaitForExit((int)Patience.TotalMilliseconds);
        base.Cancel();
    }
}
