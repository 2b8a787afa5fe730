using System.Text.Json;

namespace GitIntent.Arv.Model;

/// <summary>One thing that is wrong, and how to mend it.</summary>
internal sealed record Finding
{
    /// <summary>The id of the check (<c>check</c> or <c>check/instance</c>) that found it; set by the runner.</summary>
    public string Check { get; init; } = "";

    public required string Rule { get; init; }

    public required Severity Severity { get; init; }

    public required string Message { get; init; }

    public string? Remedy { get; init; }

    /// <summary>Relative to the root, with <c>/</c>; null when the finding is about no one file.</summary>
    public string? Path { get; init; }

    /// <summary>Where; line 1, column 1 when there is no better place.</summary>
    public TextSpan Span { get; init; } = TextSpan.Start;

    /// <summary>What identifies the place without a line number: the normalised text of the line, or a JSON pointer.</summary>
    public string Anchor { get; init; } = "";

    /// <summary>SHA-256 of rule, path, anchor and occurrence; set by the policy.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>A path in the repository or an address that says more.</summary>
    public string? Help { get; init; }

    public JsonElement? Details { get; init; }

    public Suppression? Suppressed { get; init; }
}

/// <summary>Who decided that a finding does not count, why, and until when.</summary>
internal sealed record Suppression(string By, string Reason, string? Until);
