using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Schemas;

internal sealed class TypeKeyword(ImmutableArray<string> types) : Keyword
{
    public override bool Check(Visit visit)
    {
        var type = DataValue.TypeOf(visit.Node);
        if (types.Contains(type))
            return true;
        if (type == "number" && types.Contains("integer") && DataNumber.Parse(((DocScalar)visit.Node).Text).IsInteger)
            return true;
        return visit.Fail($"expected {string.Join(" or ", types.Select(Name))}, found {DataValue.Show(visit.Node)}");
    }

    private static string Name(string type) => type switch
    {
        "object" => "a map",
        "array" => "a list",
        "string" => "a text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        _ => type,
    };
}

/// <summary><c>enum</c>, and <c>const</c> as an enum of one.</summary>
internal sealed class EnumKeyword(ImmutableArray<DocNode> values) : Keyword
{
    private readonly HashSet<string> _allowed = values.Select(DataValue.Canonical).ToHashSet(StringComparer.Ordinal);

    public override bool Check(Visit visit)
    {
        if (_allowed.Contains(DataValue.Canonical(visit.Node)))
            return true;
        if (visit.Errors is null)
            return false;
        var one = values.Length == 1 ? "" : "one of ";
        var more = values.Length > 20 ? $", … ({values.Length} in all)" : "";
        var meant = visit.Node is DocScalar { Type: ScalarType.Text } given
            ? Words.DidYouMean(given.Text, values.OfType<DocScalar>().Where(static v => v.Type == ScalarType.Text).Select(static v => v.Text))
            : "";
        return visit.Fail($"expected {one}{string.Join(", ", values.Take(20).Select(DataValue.Show))}{more}, found {DataValue.Show(visit.Node)}{(meant.Length == 0 ? "" : ";" + meant)}");
    }
}

internal enum Bound
{
    Minimum,
    ExclusiveMinimum,
    Maximum,
    ExclusiveMaximum,
}

internal sealed class BoundKeyword(Bound bound, DocScalar limit) : Keyword
{
    private readonly DataNumber _limit = DataNumber.Parse(limit.Text);

    public override bool Check(Visit visit)
    {
        if (!DataValue.IsNumber(visit.Node))
            return true;
        var value = DataNumber.Parse(((DocScalar)visit.Node).Text);
        var order = value.CompareTo(_limit);
        var (good, words) = bound switch
        {
            Bound.Minimum => (order >= 0, "at least"),
            Bound.ExclusiveMinimum => (order > 0, "more than"),
            Bound.Maximum => (order <= 0, "at most"),
            _ => (order < 0, "less than"),
        };
        return (good && value != DataNumber.NotANumber) || visit.Fail($"expected {words} {limit.Text}, found {DataValue.Show(visit.Node)}");
    }
}

internal sealed class MultipleOfKeyword(DocScalar divisor) : Keyword
{
    private readonly DataNumber _divisor = DataNumber.Parse(divisor.Text);

    public override bool Check(Visit visit) =>
        !DataValue.IsNumber(visit.Node)
        || DataNumber.Parse(((DocScalar)visit.Node).Text).IsMultipleOf(_divisor)
        || visit.Fail($"expected a multiple of {divisor.Text}, found {DataValue.Show(visit.Node)}");
}

internal sealed class PatternKeyword(string raw, Regex pattern) : Keyword
{
    public override bool Check(Visit visit) =>
        visit.Node is not DocScalar { Type: ScalarType.Text } text
        || pattern.IsMatch(text.Text)
        || visit.Fail($"{DataValue.Show(text)} does not match the pattern {raw}");
}

/// <summary>The six limits on how many: characters (code points), items, keys.</summary>
internal sealed class CountKeyword(string unit, bool isMinimum, DataNumber limit) : Keyword
{
    public override bool Check(Visit visit)
    {
        int? count = (unit, visit.Node) switch
        {
            ("characters", DocScalar { Type: ScalarType.Text } text) => text.Text.EnumerateRunes().Count(),
            ("items", DocList list) => list.Items.Length,
            ("keys", DocMap map) => map.Entries.Length,
            _ => null,
        };
        if (count is not { } found)
            return true;
        var order = Counts.Of(found).CompareTo(limit);
        return (isMinimum ? order >= 0 : order <= 0)
            || visit.Fail($"expected at {(isMinimum ? "least" : "most")} {Counts.Show(limit)} {unit}, found {found}");
    }
}

internal static class Counts
{
    public static DataNumber Of(int count) => DataNumber.Parse(count.ToString(CultureInfo.InvariantCulture));

    public static string Show(DataNumber number) =>
        number.IsInteger && number.Exponent < 20 ? number.Digits.Length == 0 ? "0" : number.Digits + new string('0', (int)number.Exponent) : number.ToString();
}
