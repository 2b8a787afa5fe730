using System.Collections.ObjectModel;

namespace GitIntent.Reliability;

/// <summary>The input is not acceptable (<c>VALIDATION_ERROR</c>).</summary>
public sealed class GwiValidationException : GwiException
{
    /// <summary>Creates a refusal of input.</summary>
    /// <param name="message">What is wrong and what was expected, for a human.</param>
    /// <param name="fieldErrors">What is wrong, by field.</param>
    /// <param name="innerException">The cause.</param>
    /// <param name="details">What else is known.</param>
    public GwiValidationException(string message, IReadOnlyDictionary<string, string>? fieldErrors = null, Exception? innerException = null, ErrorDetails? details = null)
        : base(ErrorCode.ValidationError, message, innerException, details) =>
        FieldErrors = new ReadOnlyDictionary<string, string>(new SortedDictionary<string, string>(
            fieldErrors?.ToDictionary(StringComparer.Ordinal) ?? [], StringComparer.Ordinal));

    /// <summary>What is wrong, by field. Never null.</summary>
    public IReadOnlyDictionary<string, string> FieldErrors { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Fields => ErrorFields.Of(("fieldErrors", FieldErrors.Count > 0 ? FieldErrors : null));

    internal static GwiValidationException ForField(string field, string message) =>
        new(message, new Dictionary<string, string>(StringComparer.Ordinal) { [field] = message });
}
