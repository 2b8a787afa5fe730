using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;
using GitIntent.Arv.Kinds;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Planning;

/// <summary>Reads one check, with its gate's modifiers as defaults. Parts that are not of their form were reported before and are passed over.</summary>
internal sealed class CheckReader(Func<string, byte[]?> resources, ConfigErrors errors, DocList? everywhere)
{
    private readonly List<(Need Need, string Gate, DocNode At)> _needs = [];

    /// <summary>Where each need is written, so that a need of nothing is reported there.</summary>
    public IReadOnlyList<(Need Need, string Gate, DocNode At)> NeedNodes => _needs;

    public PlannedCheck? Read(string gateId, DocMap gate, string id, DocMap check)
    {
        var modifiers = new Modifiers(gate, check);
        var where = $"check \"{gateId}/{id}\"";
        var forEach = ReadForEach(modifiers.Map("for_each"));
        var let = modifiers.Merged("let");
        FrozenSet<string> names = Names(forEach, let);
        var settings = ReadSettings(modifiers);
        var body = ReadBody(check, where, new CheckReading(errors, names, settings, resources) { HasInclude = modifiers.List("include") is not null });
        var reason = modifiers.Text("reason");
        if (settings.Severity == Severity.Off && reason is null)
            errors.Add(modifiers["severity"]!, $"{where}: severity: off needs a \"reason\" beside it");
        if (body is not { } read)
            return null;
        return new PlannedCheck
        {
            Gate = gateId,
            Id = id,
            Title = (check["title"] as DocScalar)?.Text ?? Titles.Of(id),
            Kind = read.Kind,
            Check = read.Check,
            Settings = settings,
            RunsCommands = read.RunsCommands,
            Off = settings.Severity == Severity.Off ? reason : null,
            Include = Templates(modifiers.List("include"), names),
            Exclude = [.. Templates(everywhere, names), .. Templates(modifiers.List("exclude"), names)],
            Ignored = modifiers.Text("ignored") == "true",
            MinInputs = int.TryParse(modifiers.Text("min_inputs"), CultureInfo.InvariantCulture, out var min) ? min : 1,
            ForEach = forEach,
            Let = ReadLet(let, names, UsedNames.In(check, gate)),
            When = ReadWhen(modifiers["when"], names),
            Needs = ReadNeeds(gateId, modifiers.List("needs")),
            OwnTimeout = Duration.TryParse(modifiers.Text("timeout") ?? "", out var timeout) ? timeout : null,
        };
    }

    private static (string Kind, ICheck Check, bool RunsCommands)? ReadBody(DocMap check, string where, CheckReading reading)
    {
        if (check["any_of"] is DocList list)
        {
            var read = list.Items.OfType<DocMap>().Select(item => ReadKind(item, where, reading)).OfType<(string Kind, ICheck Check, bool RunsCommands)>().ToList();
            return ("any_of", new AnyOfCheck([.. read.Select(static r => r.Check)]), read.Any(static r => r.RunsCommands));
        }
        return ReadKind(check, where, reading);
    }

    private static (string Kind, ICheck Check, bool RunsCommands)? ReadKind(DocMap map, string where, CheckReading reading)
    {
        foreach (var kind in CheckKinds.All)
        {
            if (map[kind.Name] is not { } block)
                continue;
            // A block with mistakes in its form was reported; reading it would report them again, in worse words.
            var trial = new ConfigErrors();
            kind.Shape.Check(block, where, trial);
            if (trial.Count > 0)
                return null;
            var read = kind.Read(block, reading);
            return (kind.Name, read, kind.RunsCommands || read.RunsCommands);
        }
        return null;
    }

    private static FindingSettings ReadSettings(Modifiers modifiers) => new(
        modifiers.Text("severity") switch
        {
            "warning" => Severity.Warning,
            "note" => Severity.Note,
            "off" => Severity.Off,
            _ => Severity.Error,
        },
        modifiers.Text("rule"), modifiers.Text("message"), modifiers.Text("remedy"), modifiers.Text("help"));

    private static FrozenSet<string> Names(ForEach? forEach, DocMap? let)
    {
        IEnumerable<string> names = let?.Entries.Select(static e => e.Key) ?? [];
        if (forEach is not null)
            names = [.. names, "path", .. forEach.As?.Names ?? []];
        return names.ToFrozenSet(StringComparer.Ordinal);
    }

    private ForEach? ReadForEach(DocMap? map)
    {
        if (map?["path"] is not DocScalar path)
            return null;
        if (map["as"] is not DocScalar scalar)
            return new ForEach(path.Text, null);
        var pattern = SegmentPattern.Parse(scalar.Text, out var error);
        if (pattern is null)
            errors.Add(scalar, $"for_each: as: {error}");
        return new ForEach(path.Text, pattern);
    }

    private ImmutableArray<LetValue> ReadLet(DocMap? map, FrozenSet<string> names, IReadOnlySet<string> used)
    {
        var values = ImmutableArray.CreateBuilder<LetValue>();
        var later = (map?.Entries ?? []).Select(static e => e.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in map?.Entries ?? [])
        {
            if (entry.Value is not DocScalar scalar)
                continue;
            if (Template.Parse(scalar, names).Names.FirstOrDefault(later.Contains) is { } early)
                errors.Add(scalar, $"let: {entry.Key}: {{{early}}} has no value yet; a value may use only those that stand above it");
            later.Remove(entry.Key);
            var hash = scalar.Text.IndexOf('#', StringComparison.Ordinal);
            if (hash <= 0 || (hash + 1 < scalar.Text.Length && scalar.Text[hash + 1] != '/'))
            {
                errors.Add(scalar, $"let: {entry.Key}: expected a file and a JSON Pointer in it, such as \"package.json#/version\", found \"{scalar.Text}\"");
                continue;
            }
            if (used.Contains(entry.Key))
                values.Add(new LetValue(entry.Key, Template.Parse(scalar with { Text = scalar.Text[..hash] }, names), scalar.Text[(hash + 1)..]));
        }
        return values.ToImmutable();
    }

    private static ImmutableArray<When> ReadWhen(DocNode? node, FrozenSet<string> names)
    {
        var conditions = node is DocList list ? list.Items.OfType<DocMap>() : node is DocMap one ? [one] : [];
        return [.. conditions.Select(condition => new When(All(condition, "exists"), All(condition, "missing")))];

        ImmutableArray<Template> All(DocMap map, string key) => [.. OneOrListShape.Read(map[key]).Select(scalar => Template.Parse(scalar, names))];
    }

    private ImmutableArray<Need> ReadNeeds(string gate, DocList? list)
    {
        var needs = ImmutableArray.CreateBuilder<Need>();
        foreach (var scalar in list?.Items.OfType<DocScalar>() ?? [])
        {
            var slash = scalar.Text.IndexOf('/', StringComparison.Ordinal);
            var need = slash < 0 ? new Need(gate, scalar.Text) : new Need(scalar.Text[..slash], scalar.Text[(slash + 1)..]);
            needs.Add(need);
            _needs.Add((need, gate, scalar));
        }
        return needs.ToImmutable();
    }

    private static ImmutableArray<Template> Templates(DocList? list, FrozenSet<string> names) =>
        list is null ? [] : [.. list.Items.OfType<DocScalar>().Select(scalar => Template.Parse(scalar, names))];
}
