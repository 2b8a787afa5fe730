using System.Collections.Immutable;
using System.Globalization;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Patterns;
using GitIntent.Arv.Patterns.Dialect;

namespace GitIntent.Arv.Kinds.Files;

/// <summary>Judges paths: which must be there, which must not, how they are named, how many, and whether git tracks them.</summary>
internal sealed class FilesKind : ICheckKind
{
    private static readonly Shape Paths = new ListShape(new TextShape("a path or a gitignore pattern"));

    private static readonly Shape Count = new RecordShape(
        [
            new Key("min", new IntegerShape(0, int.MaxValue), "How many files there must be at least."),
            new Key("max", new IntegerShape(0, int.MaxValue), "How many files there may be at most."),
        ], atLeastOneOf: ["min", "max"]);

    private static readonly Shape NameShape = new ScalarOrMapShape(
        new TextShape("a file name, or { regex: … }"),
        new RecordShape([new Key("regex", new TextShape("a regular expression"), "What the whole file name must match.", Required: true)]));

    public string Name => "files";

    public string Doc => "Paths: required, forbidden, their names, how many, tracked by git or not.";

    public ImmutableArray<RuleInfo> Codes => FilesCodes.All;

    public Shape Shape { get; } = new RecordShape(
        [
            new Key("require", Paths, "Paths that must exist, and patterns that must match at least one file."),
            new Key("forbid", Paths, "Patterns that none of the check's files may match."),
            new Key("name", NameShape, "What the last part of each file's path must be."),
            new Key("count", Count, "How many files the check's patterns must select."),
            new Key("tracked", new BooleanShape(), "Whether git must track the required files and those that include names."),
        ], atLeastOneOf: ["require", "forbid", "name", "count", "tracked"]);

    public ICheck Read(DocNode block, CheckReading reading)
    {
        var map = (DocMap)block;
        var rules = new FilesRules
        {
            Require = PathPattern.ReadAll(map["require"], reading),
            Forbid = PathPattern.ReadAll(map["forbid"], reading, patternOnly: true),
            NameText = map["name"] is { } name ? (name as DocMap)?["regex"] is DocScalar regex ? $"regex {regex.Text}" : ((DocScalar)name).Text : null,
            Name = ReadName(map["name"], reading),
            Min = Number(map["count"], "min"),
            Max = Number(map["count"], "max"),
            Tracked = map["tracked"] is DocScalar { Text: "true" },
            HasInclude = reading.HasInclude,
        };
        if (rules is { Min: { } min, Max: { } max } && min > max)
            reading.Errors.Add(map["count"]!, $"count: min ({min}) is more than max ({max})");
        if (rules.Tracked && !rules.HasInclude && rules.Require.IsEmpty)
            reading.Errors.Add(map["tracked"]!, "tracked: nothing says which files; add require or include");
        return new FilesCheck(rules, new FindingMaker(reading.Settings));
    }

    private static Func<string, bool>? ReadName(DocNode? node, CheckReading reading)
    {
        if (node is DocScalar literal)
            return name => name == literal.Text;
        if ((node as DocMap)?["regex"] is not DocScalar regex)
            return null;
        try
        {
            return WholePattern.Parse(regex.Text).Matches;
        }
        catch (PatternException e)
        {
            reading.Errors.Add(regex, $"name: {e.Message} (character {e.Index + 1} of the pattern)");
            return null;
        }
    }

    private static int? Number(DocNode? count, string key) =>
        (count as DocMap)?[key] is DocScalar scalar ? int.Parse(scalar.Text, CultureInfo.InvariantCulture) : null;
}
