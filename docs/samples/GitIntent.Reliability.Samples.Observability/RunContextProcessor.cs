using OpenTelemetry;
using OpenTelemetry.Logs;

namespace GitIntent.Reliability.Samples;

/// <summary>Stamps log records with the run; spans and metrics come with it.</summary>
internal sealed class RunContextProcessor : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (RunContext.Current is { } run)
            data.Attributes = [.. data.Attributes ?? [], new("run_id", run.RunId), new("tenant_id", run.Tenant), new("step_id", run.StepId)];
    }
}
