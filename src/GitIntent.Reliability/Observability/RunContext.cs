using System.Diagnostics;

namespace GitIntent.Reliability;

/// <summary>
/// Which run, tenant and step the code at hand works for. It flows with <see cref="AsyncLocal{T}"/>: into what is awaited and started, never into what
/// runs beside it, and stamps every log line, span and metric.
/// </summary>
public sealed class RunContext
{
    private static readonly AsyncLocal<RunContext?> s_current = new();

    private readonly RunContext? _parent;

    private RunContext(RunContext? parent, string? runId, string? tenant, string? stepId)
    {
        _parent = parent;
        RunId = runId;
        Tenant = tenant;
        StepId = stepId;
    }

    /// <summary>The context at hand, or null.</summary>
    public static RunContext? Current => s_current.Value;

    /// <summary>The run; the correlation id of everything that is stamped.</summary>
    public string? RunId { get; }

    /// <summary>The tenant.</summary>
    public string? Tenant { get; }

    /// <summary>The step.</summary>
    public string? StepId { get; }

    /// <summary>Works in a context of its own until the result is disposed of. What is null is inherited; another run does not inherit the step.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="stepId">The step.</param>
    /// <returns>Ends the context. Disposed of out of order, it ends the contexts inside of it too.</returns>
    public static IDisposable Begin(string? runId = null, string? tenant = null, string? stepId = null)
    {
        var outer = s_current.Value;
        var sameRun = runId is null || runId == outer?.RunId;
        var context = new RunContext(outer, runId ?? outer?.RunId, tenant ?? outer?.Tenant, stepId ?? (sameRun ? outer?.StepId : null));
        s_current.Value = context;
        return new Scope(context);
    }

    /// <summary>The context as labels: <c>run_id</c>, <c>tenant_id</c>, <c>step_id</c>.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Labels()
    {
        if (RunId is not null)
            yield return new("run_id", RunId);
        if (Tenant is not null)
            yield return new("tenant_id", Tenant);
        if (StepId is not null)
            yield return new("step_id", StepId);
    }

    internal void Stamp(Activity activity)
    {
        foreach (var (name, value) in Labels())
            activity.SetTag(name, value);
    }

    private bool IsWithin(RunContext other)
    {
        for (var context = this; context is not null; context = context._parent)
        {
            if (ReferenceEquals(context, other))
                return true;
        }

        return false;
    }

    private sealed class Scope(RunContext context) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0 && s_current.Value is { } now && now.IsWithin(context))
                s_current.Value = context._parent;
        }
    }
}
