using System.Collections.Immutable;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Model;
using GitIntent.Arv.Patterns.Dialect;
using GitIntent.Arv.Patterns.Matching;

namespace GitIntent.Arv.Kinds.Text;

/// <summary>Reads one rule, and says what its grammar could not.</summary>
internal sealed class TextRuleReader
{
    private readonly DocEntry _entry;
    private readonly DocMap _map;
    private readonly CheckReading _reading;
    private readonly string _where;

    private TextRuleReader(DocEntry entry, CheckReading reading)
    {
        _entry = entry;
        _map = (DocMap)entry.Value;
        _reading = reading;
        _where = $"rule \"{entry.Key}\"";
    }

    /// <summary>Null when it has mistakes; they are in <see cref="CheckReading.Errors"/>.</summary>
    public static TextRule? Read(DocEntry entry, CheckReading reading)
    {
        var before = reading.Errors.Count;
        var rule = new TextRuleReader(entry, reading).Read();
        if (reading.Errors.Count == before)
            TextExamples.Try(rule, (DocMap)entry.Value, reading.Errors);
        return reading.Errors.Count == before ? rule : null;
    }

    private TextRule Read()
    {
        var severity = Severity();
        var demand = _map["require"] is null ? TextDemand.Forbid : _map["across"] is null ? TextDemand.RequireEach : TextDemand.RequireAny;
        CheckKeys(severity);
        var looks = Pattern("forbid") ?? Pattern("require");
        var where = Pattern("where");
        var words = TextWords.Looks(demand, looks?.Pattern, where?.Pattern);
        var info = new RuleInfo(_entry.Key, severity, Text("message") ?? _reading.Settings.Message ?? TextWords.Message(demand, looks?.Pattern))
        {
            Remedy = Text("remedy") ?? _reading.Settings.Remedy,
            Help = Text("help") ?? _reading.Settings.Help,
            Reason = Text("reason"),
            Looks = words,
            Cost = looks?.Cost,
            Invalid = Texts("invalid"),
            Valid = Texts("valid"),
        };
        return new TextRule(info, demand, looks, where) { Include = Globs("include"), Exclude = Globs("exclude") };
    }

    private void CheckKeys(Severity severity)
    {
        var off = severity == Model.Severity.Off && _map["severity"] is not null;
        if (_map.TryGet("across", out var across) && _map["require"] is null)
            _reading.Errors.AddKey(across, $"{_where}: across goes with require only");
        if (off && _map["reason"] is null)
            _reading.Errors.AddKey(_entry, $"{_where}: severity: off needs a reason");
        if (!off && _map.TryGet("reason", out var reason))
            _reading.Errors.AddKey(reason, $"{_where}: reason goes with severity: off only");
    }

    private Severity Severity() => Text("severity") switch
    {
        "error" => Model.Severity.Error,
        "warning" => Model.Severity.Warning,
        "note" => Model.Severity.Note,
        "off" => Model.Severity.Off,
        _ => _reading.Settings.Severity,
    };

    private PreparedPattern? Pattern(string key)
    {
        if (_map[key] is not { } node)
            return null;
        var regex = (node as DocMap)?["regex"] as DocScalar;
        var scalar = regex ?? (DocScalar)node;
        try
        {
            // The engine must take it, too.
            return new PreparedPattern(regex is null ? Patterns.Dialect.Pattern.OfLiteral(scalar.Text) : Patterns.Dialect.Pattern.OfRegex(scalar.Text));
        }
        catch (PatternException bad)
        {
            var (mark, exact) = PlaceIn(scalar, bad.Index);
            var place = exact ? "" : $" (character {bad.Index + 1} of the pattern)";
            _reading.Errors.Add(scalar.Source, mark, $"{_where}: {key}: {bad.Message}{place}");
            return null;
        }
    }

    /// <summary>The place of a character of a scalar: known where it stands as it is, plain or in quotes without escapes, on one line.</summary>
    private static (Mark Mark, bool Exact) PlaceIn(DocScalar scalar, int index)
    {
        var width = scalar.End.Line == scalar.Start.Line ? scalar.End.Column - scalar.Start.Column : -1;
        if (width == scalar.Text.Length)
            return (scalar.Start with { Column = scalar.Start.Column + index }, true);
        if (width == scalar.Text.Length + 2)
            return (scalar.Start with { Column = scalar.Start.Column + 1 + index }, true);
        return (scalar.Start, false);
    }

    private string? Text(string key) => (_map[key] as DocScalar)?.Text;

    private ImmutableArray<string> Texts(string key) => [.. Scalars(key).Select(static s => s.Text)];

    private ImmutableArray<Template> Globs(string key) => [.. Scalars(key).Select(s => Template.Parse(s, _reading.Names))];

    private IEnumerable<DocScalar> Scalars(string key) => _map[key] is DocList list ? list.Items.OfType<DocScalar>() : [];
}
