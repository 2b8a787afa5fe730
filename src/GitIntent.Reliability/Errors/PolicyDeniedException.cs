namespace GitIntent.Reliability;

/// <summary>A policy forbids the operation (<c>POLICY_DENIED</c>).</summary>
public sealed class PolicyDeniedException : GwiException
{
    /// <summary>Creates a denial.</summary>
    /// <param name="message">What was denied, for a human.</param>
    /// <param name="policyReasonCode">The policy's own code for its reason.</param>
    /// <param name="toolName">The tool that was to be used.</param>
    /// <param name="details">What else is known.</param>
    public PolicyDeniedException(string message, string? policyReasonCode = null, string? toolName = null, ErrorDetails? details = null)
        : base(ErrorCode.PolicyDenied, message, null, details)
    {
        PolicyReasonCode = policyReasonCode;
        ToolName = toolName;
    }

    /// <summary>The policy's own code for its reason.</summary>
    public string? PolicyReasonCode { get; }

    /// <summary>The tool that was to be used.</summary>
    public string? ToolName { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fields => ErrorFields.Of(("policyReasonCode", PolicyReasonCode), ("toolName", ToolName));
}
