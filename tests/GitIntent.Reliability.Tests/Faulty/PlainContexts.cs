using System.Diagnostics;
using GitIntent.Reliability.Conformance;
using static GitIntent.Reliability.Tests.Faulty.ObservabilityFault;

namespace GitIntent.Reliability.Tests.Faulty;

/// <summary>A run context with activities of its own, from no source. Correct unless a fault is switched on.</summary>
internal sealed class PlainContexts(ObservabilityFault? fault) : IRunContexts
{
    private static readonly ActivityTraceId s_trace = ActivityTraceId.CreateRandom();

    private readonly AsyncLocal<Node?> _flowing = new();
    private readonly ThreadLocal<Node?> _ofThread = new();
    private readonly AsyncLocal<Stack<Node>?> _stack = new();
    private Node? _oneField;

    public string? ActivitySourceName => null;

    public RunIdentity? Current => Now?.Identity;

    /// <summary>What began last, wherever that was.</summary>
    public RunIdentity? Latest { get; private set; }

    private Node? Now
    {
        get => fault switch
        {
            ContextInOneField => _oneField,
            ContextOfThread => _ofThread.Value,
            ContextStackShared => _stack.Value is { Count: > 0 } stack ? stack.Peek() : null,
            _ => _flowing.Value,
        };
        set
        {
            switch (fault)
            {
                case ContextInOneField:
                    _oneField = value;
                    break;
                case ContextOfThread:
                    _ofThread.Value = value;
                    break;
                default:
                    _flowing.Value = value;
                    break;
            }
        }
    }

    public IDisposable Begin(string? runId = null, string? tenantId = null, string? stepId = null)
    {
        var outer = fault == NothingInherited ? null : Current;
        var keepsStep = (fault != StepNotInherited && (runId is null || runId == outer?.RunId)) || fault == StepOutlivesRun;
        var node = new Node(new RunIdentity(runId ?? outer?.RunId, tenantId ?? outer?.TenantId, stepId ?? (keepsStep ? outer?.StepId : null)), Now);
        Latest = node.Identity;
        if (fault == ContextStackShared)
            (_stack.Value ??= new Stack<Node>()).Push(node);
        else
            Now = node;
        return new Scope(this, node);
    }

    public Activity StartSpan(string name)
    {
        var span = new Activity(name);
        span.SetIdFormat(fault == SpanIdsOfOldFormat ? ActivityIdFormat.Hierarchical : ActivityIdFormat.W3C);
        if (fault == SpanTraceOfProcess && Activity.Current is null)
            span.SetParentId(s_trace, default);
        if (fault == SpanAlwaysRoot)
            Activity.Current = null;
        var node = Now;
        while (fault == SpanStampedByOutermost && node?.Outer is { } outer)
            node = outer;
        if (node?.Identity is { } identity && fault != SpanNotStamped)
        {
            foreach (var (key, value) in new[] { ("app.run.id", identity.RunId), ("app.tenant", identity.TenantId), ("app.step.id", identity.StepId) })
            {
                if (value is not null)
                    span.SetTag(key, value);
            }
        }

        return span.Start();
    }

    private void End(Node node, ref bool ended)
    {
        switch (fault)
        {
            case EndPops:
                Now = Now?.Outer;
                return;
            case EndRestoresBlindly:
                Now = node.Outer;
                return;
            case EndForgetsOuter:
                Now = null;
                return;
            case ContextNeverEnds:
                return;
            case ContextStackShared:
                if (!ended && _stack.Value is { Count: > 0 } stack)
                    stack.Pop();
                break;
            default:
                // From within contexts that began in it and have not ended, too.
                for (var at = Now; at is not null && !ended; at = at.Outer)
                {
                    if (ReferenceEquals(at, node))
                    {
                        Now = node.Outer;
                        break;
                    }
                }

                break;
        }

        ended = true;
    }

    private sealed record Node(RunIdentity Identity, Node? Outer);

    private sealed class Scope(PlainContexts contexts, Node node) : IDisposable
    {
        private bool _ended;

        public void Dispose() => contexts.End(node, ref _ended);
    }
}
