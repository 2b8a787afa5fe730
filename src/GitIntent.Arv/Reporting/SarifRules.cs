using System.Text.Json;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Reporting;

/// <summary>
/// The rules that findings name. The report says of a rule what its findings say: the worst one's message is its description, its remedy the help.
/// </summary>
internal sealed class SarifRules
{
    /// <summary>Code scanning keeps so many, and a rule may stand in more gates.</summary>
    private const int Tags = 10;

    private readonly List<IGrouping<string, GateFinding>> _rules;
    private readonly Dictionary<string, int> _index;

    public SarifRules(IEnumerable<GateFinding> worstFirst)
    {
        _rules = [.. worstFirst.GroupBy(static f => f.Finding.Rule, StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal)];
        _index = _rules.Select(static (rule, i) => (rule.Key, i)).ToDictionary(StringComparer.Ordinal);
    }

    public int IndexOf(string rule) => _index[rule];

    /// <summary>What the rule's help says to do: a finding with another remedy says its own.</summary>
    public string? RemedyOf(string rule) => _rules[IndexOf(rule)].First().Finding.Remedy;

    public void WriteTool(Utf8JsonWriter json, string version)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "arv");
        json.WriteString("version", version);
        json.WriteStartArray("rules");
        foreach (var rule in _rules)
            Write(json, rule.Key, rule.First().Finding, rule.Select(static f => f.Gate).Distinct());
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string id, Finding worst, IEnumerable<string> gates)
    {
        json.WriteStartObject();
        json.WriteString("id", SarifText.Line(id));
        Text(json, "shortDescription", SarifText.Line(LongText.Split(worst.Message).First));
        Help(json, worst);
        if (IsAddress(worst.Help))
            json.WriteString("helpUri", worst.Help);
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", Phrases.Of(worst.Severity));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteStartArray("tags");
        foreach (var gate in gates.Take(Tags))
            json.WriteStringValue(SarifText.Line(gate));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Both forms: code scanning shows the Markdown where there is one, and an editor the text.</summary>
    private static void Help(Utf8JsonWriter json, Finding worst)
    {
        var next = $"dotnet arv explain {worst.Rule}";
        string[] parts = [worst.Remedy ?? "", worst.Help is { } help ? $"See {help}" : ""];
        json.WriteStartObject("help");
        json.WriteString("text", SarifText.Lines(string.Join('\n', parts.Append($"More: {next}").Where(static p => p.Length > 0))));
        json.WriteString("markdown", string.Join("\n\n", new[]
        {
            worst.Remedy is { } remedy ? EscapeMarkdown.Text(remedy) : "",
            worst.Help is { } more ? $"See {EscapeMarkdown.Code(more)}" : "",
            $"More: {EscapeMarkdown.Code(next)}",
        }.Where(static p => p.Length > 0)));
        json.WriteEndObject();
    }

    private static bool IsAddress(string? help) =>
        help is not null && Uri.TryCreate(help, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && Uri.IsWellFormedUriString(help, UriKind.Absolute);

    public static void Text(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
