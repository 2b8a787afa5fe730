namespace GitIntent.Reliability;

/// <summary>Why a human has to approve.</summary>
public enum ApprovalType
{
    /// <summary><c>destructive</c>: it cannot be undone.</summary>
    Destructive,
    /// <summary><c>high_risk</c>: much depends on it.</summary>
    HighRisk,
    /// <summary><c>manual</c>: somebody asked to be asked.</summary>
    Manual,
}

/// <summary>A human has to approve the operation first (<c>APPROVAL_REQUIRED</c>). Not retryable: repeating the call approves nothing.</summary>
public sealed class ApprovalRequiredException : GwiException
{
    /// <summary>Creates a demand for approval.</summary>
    /// <param name="message">What has to be approved, for a human.</param>
    /// <param name="requiredApprovalType">Why.</param>
    /// <param name="toolName">The tool that is to be used.</param>
    /// <param name="approvalScope">What the approval would cover.</param>
    /// <param name="details">What else is known.</param>
    public ApprovalRequiredException(
        string message, ApprovalType requiredApprovalType = ApprovalType.Destructive, string? toolName = null, string? approvalScope = null, ErrorDetails? details = null)
        : base(ErrorCode.ApprovalRequired, message, null, details)
    {
        RequiredApprovalType = requiredApprovalType;
        ToolName = toolName;
        ApprovalScope = approvalScope;
    }

    /// <summary>Why a human has to approve.</summary>
    public ApprovalType RequiredApprovalType { get; }

    /// <summary>The tool that is to be used.</summary>
    public string? ToolName { get; }

    /// <summary>What the approval would cover.</summary>
    public string? ApprovalScope { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fields => ErrorFields.Of(
        ("requiredApprovalType", Word(RequiredApprovalType)), ("toolName", ToolName), ("approvalScope", ApprovalScope));

    internal static string Word(ApprovalType type) => type switch
    {
        ApprovalType.HighRisk => "high_risk",
        ApprovalType.Manual => "manual",
        _ => "destructive",
    };

    internal static ApprovalType Parse(string? word) => word switch
    {
        "high_risk" => ApprovalType.HighRisk,
        "manual" => ApprovalType.Manual,
        _ => ApprovalType.Destructive,
    };
}
