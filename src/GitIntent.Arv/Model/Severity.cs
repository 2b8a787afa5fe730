namespace GitIntent.Arv.Model;

/// <summary>How much a finding weighs. Only <see cref="Error"/> fails a check (with <c>--strict</c>, <see cref="Warning"/> too).</summary>
internal enum Severity
{
    Off,
    Note,
    Warning,
    Error,
}
