using System.Text.Json;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Reporting;

/// <summary>A finding as a result of SARIF.</summary>
internal static class SarifResult
{
    /// <summary>
    /// Code scanning refuses a result without a place. What concerns no one file is shown where the gates are defined.
    /// </summary>
    private const string NoOneFile = "arv.yml";

    public static void Write(Utf8JsonWriter json, GateFinding found, SarifRules rules)
    {
        var finding = found.Finding;
        json.WriteStartObject();
        json.WriteString("ruleId", SarifText.Line(finding.Rule));
        json.WriteNumber("ruleIndex", rules.IndexOf(finding.Rule));
        json.WriteString("level", Phrases.Of(finding.Severity));
        var remedy = finding.Remedy is { } own && own != rules.RemedyOf(finding.Rule) ? $"\nRemedy: {own}" : "";
        SarifRules.Text(json, "message", SarifText.Lines(finding.Message.Length == 0 ? finding.Rule : finding.Message + remedy));
        Location(json, found);
        json.WriteStartObject("partialFingerprints");
        json.WriteString("arvFingerprint/v1", finding.Fingerprint);
        json.WriteString("primaryLocationLineHash", finding.Fingerprint); // what code scanning tells alerts apart by
        json.WriteEndObject();
        if (finding.Suppressed is { } suppressed) Suppression(json, suppressed);
        json.WriteEndObject();
    }

    private static void Location(Utf8JsonWriter json, GateFinding found)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", SarifText.Uri(found.Finding.Path ?? NoOneFile));
        json.WriteEndObject();
        Region(json, found.Finding.Path is null ? TextSpan.Start : found.Finding.Span);
        json.WriteEndObject();
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("fullyQualifiedName", SarifText.Line($"{found.Gate}/{found.Finding.Check}"));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Region(Utf8JsonWriter json, TextSpan span)
    {
        json.WriteStartObject("region");
        json.WriteNumber("startLine", span.Line);
        json.WriteNumber("startColumn", span.Column);
        json.WriteNumber("endLine", span.EndLine);
        json.WriteNumber("endColumn", span.EndColumn); // exclusive there, too
        json.WriteEndObject();
    }

    private static void Suppression(Utf8JsonWriter json, Suppression suppressed)
    {
        var until = suppressed.Until is null ? "" : $" (until {suppressed.Until})";
        json.WriteStartArray("suppressions");
        json.WriteStartObject();
        json.WriteString("kind", "external");
        json.WriteString("justification", SarifText.Lines($"{suppressed.By}: {suppressed.Reason}{until}"));
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
