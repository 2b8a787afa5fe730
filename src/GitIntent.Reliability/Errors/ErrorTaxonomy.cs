namespace GitIntent.Reliability;

/// <summary>
/// The taxonomy. Typed codes decide; foreign exceptions are classified by type and code, by what caused them, and by whole words of their
/// message last of all.
/// </summary>
public sealed class ErrorTaxonomy : IErrorTaxonomy
{
    /// <summary>The exit code of a process that was interrupted, as shells have it (128 + SIGINT).</summary>
    public const int CancelledExitCode = 130;

    private readonly ErrorClassifier[] _classifiers;

    private ErrorTaxonomy(ErrorClassifier[] classifiers) => _classifiers = classifiers;

    /// <summary>The taxonomy for the platform's own exceptions. The static methods of this class use it.</summary>
    public static IErrorTaxonomy Default { get; } = new ErrorTaxonomy([]);

    /// <summary>A taxonomy that asks <paramref name="classifiers"/> first, in their order, and the platform's rules then.</summary>
    /// <exception cref="ArgumentNullException">The list or one of its items is null.</exception>
    public static IErrorTaxonomy With(params IEnumerable<ErrorClassifier> classifiers)
    {
        ArgumentNullException.ThrowIfNull(classifiers);
        var list = classifiers.ToArray();
        foreach (var classifier in list)
            ArgumentNullException.ThrowIfNull(classifier, nameof(classifiers));
        return new ErrorTaxonomy(list);
    }

    /// <inheritdoc cref="IErrorTaxonomy.IsRetryable"/>
    public static bool IsRetryable(Exception? exception) => Default.IsRetryable(exception);

    /// <inheritdoc cref="IErrorTaxonomy.ToExitCode"/>
    public static int ToExitCode(Exception? exception) => Default.ToExitCode(exception);

    /// <inheritdoc cref="IErrorTaxonomy.Wrap"/>
    public static GwiException Wrap(Exception exception, ErrorDetails? details = null) => Default.Wrap(exception, details);

    /// <inheritdoc cref="IErrorTaxonomy.ToAuditEvent"/>
    public static AuditEvent ToAuditEvent(Exception? exception, IReadOnlyDictionary<string, object?>? context = null) =>
        Default.ToAuditEvent(exception, context);

    /// <summary>Whether <paramref name="exception"/> only says that the caller cancelled. A time-out of <see cref="HttpClient"/> looks alike and is none.</summary>
    public static bool IsCancellation(Exception? exception) =>
        exception is OperationCanceledException { InnerException: not TimeoutException };

    bool IErrorTaxonomy.IsRetryable(Exception? exception) => ErrorCodes.Describe(Classify(exception).Code).Retryable;

    int IErrorTaxonomy.ToExitCode(Exception? exception) =>
        IsCancellation(exception) ? CancelledExitCode : ErrorCodes.Describe(Classify(exception).Code).ExitCode;

    GwiException IErrorTaxonomy.Wrap(Exception exception, ErrorDetails? details)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (exception is GwiException ours)
            return ours;
        var (code, after) = Classify(exception);
        details ??= new ErrorDetails();
        return new GwiException(code, SafeText.MessageOf(exception), exception, details with { RetryAfter = details.RetryAfter ?? after });
    }

    AuditEvent IErrorTaxonomy.ToAuditEvent(Exception? exception, IReadOnlyDictionary<string, object?>? context) =>
        AuditEvent.From(exception, Classify, context);

    private ErrorClassification Classify(Exception? exception) => ErrorClassifiers.Classify(exception, _classifiers);
}
