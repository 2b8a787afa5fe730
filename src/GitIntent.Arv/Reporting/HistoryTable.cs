using System.Collections.Immutable;
using System.Text.Json;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Reporting;

/// <summary>The <c>history</c> in a finding's details, a list of objects, as the lines of a table: a row each, a column for each member that any of them has.</summary>
internal static class HistoryTable
{
    public static ImmutableArray<string> Lines(Finding finding) => finding.Details is { } details ? Lines(details) : [];

    private static ImmutableArray<string> Lines(JsonElement details)
    {
        if (details.ValueKind != JsonValueKind.Object || !details.TryGetProperty("history", out var history) || history.ValueKind != JsonValueKind.Array)
            return [];

        var items = history.EnumerateArray().ToList();
        string[] columns = [.. items.Where(IsObject).SelectMany(static item => item.EnumerateObject()).Select(static member => member.Name).Distinct(StringComparer.Ordinal)];
        // What is no object has no columns; it is shown all the same.
        List<string[]> rows = [.. items.Select(item => IsObject(item) ? Row(item, columns) : [Cell(item)])];
        if (columns.Length > 0)
            rows.Insert(0, [.. columns.Select(OneLine)]);
        var widths = columns.Select((_, at) => rows.Max(row => at < row.Length ? row[at].Length : 0)).ToArray();
        return [.. rows.Select(row => string.Join("  ", row.Select((cell, at) => at < widths.Length ? cell.PadRight(widths[at]) : cell)).TrimEnd())];
    }

    private static bool IsObject(JsonElement item) => item.ValueKind == JsonValueKind.Object;

    private static string[] Row(JsonElement item, string[] columns) =>
        [.. columns.Select(column => item.TryGetProperty(column, out var cell) ? Cell(cell) : "")];

    private static string Cell(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", cell.EnumerateArray().Select(Cell)),
        JsonValueKind.Null => "",
        JsonValueKind.String => OneLine(cell.GetString()!),
        _ => OneLine(cell.GetRawText()),
    };

    /// <summary>So that a row stays a row; what else is untrusted is escaped where it is printed.</summary>
    private static string OneLine(string text) => text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
