using System.Collections;
using System.Text;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Kinds.Exec;
using GitIntent.Arv.Model;
using GitIntent.Arv.Scope;
using GitIntent.Arv.Tests.Support;
using GitIntent.Arv.Tree;
using GitIntent.Arv.Tree.Disk;

namespace GitIntent.Arv.Tests.Kinds.Exec;

/// <summary>A repository in a folder of its own, and checks that run in it as the runner runs them.</summary>
internal sealed class ExecRun : IDisposable
{
    private readonly TempFolder _out = new();
    private RunScope? _scope;
    private int _scripts;

    public TempFolder Repository { get; } = new();

    /// <summary>Beside this process's own environment.</summary>
    public Dictionary<string, string> Caller { get; } = [];

    public string? OutFolder { get; set; }

    public TimeSpan? Timeout { get; set; } = TimeSpan.FromMinutes(1);

    public FindingSettings Settings { get; set; } = FindingSettings.Default;

    public RunScope Scope => _scope ??= MakeScope();

    public static ExecCheck Read(string block, Func<string, byte[]?>? resources = null)
    {
        var (check, errors) = TryRead(block, resources);
        errors.ShouldBeEmpty();
        return check!;
    }

    public static (ExecCheck? Check, IReadOnlyList<string> Errors) TryRead(string block, Func<string, byte[]?>? resources = null)
    {
        var errors = new ConfigErrors();
        var kind = new ExecKind();
        var node = DocumentReader.Read("arv.yml", Encoding.UTF8.GetBytes(block), DocumentFormat.Yaml, DocumentLimits.Default);
        kind.Shape.Check(node, "exec", errors);
        var check = errors.Count > 0
            ? null
            : (ExecCheck)kind.Read(node, new CheckReading(errors, new HashSet<string>(), FindingSettings.Default, resources ?? (static _ => null)));
        return (check, [.. errors.All.Select(static error => error.ToString())]);
    }

    public Task<CheckOutcome> Run(string block, CancellationToken stop = default) => Run(Read(block, Resource), stop);

    /// <summary>A shell script in a file, so that the block stays readable.</summary>
    public Task<CheckOutcome> Script(string script, string more = "")
    {
        // The same command would not run a second time.
        var name = _scripts++ == 0 ? "check.sh" : $"check{_scripts}.sh";
        Repository.Write(name, script);
        return Run($"{{ run: [sh, {name}, \"{{out}}\"]{(more.Length == 0 ? "" : ", " + more)} }}");
    }

    public async Task<CheckOutcome> Run(ICheck check, CancellationToken stop = default) => await check.RunAsync(Context(), stop);

    public CheckContext Context()
    {
        var workspace = Workspace.Open(DiskSource.Open(Repository.Path), default);
        return new CheckContext
        {
            Workspace = workspace,
            Inputs = workspace.Select(FileQuery.Everything, default),
            Settings = Settings,
            Time = TimeProvider.System,
            Timeout = Timeout,
            Run = Scope,
        };
    }

    public void Dispose()
    {
        Repository.Dispose();
        _out.Dispose();
    }

    private byte[]? Resource(string path) => File.Exists(Repository.At(path)) ? File.ReadAllBytes(Repository.At(path)) : null;

    private RunScope MakeScope()
    {
        var caller = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(static pair => KeyValuePair.Create((string)pair.Key, (string)pair.Value!))
            .Where(pair => !Caller.ContainsKey(pair.Key)).Concat(Caller).ToList();
        var root = RealPath.Of(Repository.Path)!;
        return new RunScope
        {
            RunId = "run-1",
            Root = root,
            OutRoot = OutFolder ?? _out.At("r"),
            Environment = ChildEnvironment.Of(caller, new RunMarker("run-1", root)),
            Redactor = new Redactor(ChildEnvironment.Secrets(caller)),
        };
    }
}
