using System.Collections.Immutable;
using System.Text.Json;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Reporting;

/// <summary>The <c>history</c> in a finding's details, a list of objects, as the lines of a table: a row each, a column for each member of the first.</summary>
internal static class HistoryTable
{
    public static ImmutableArray<string> Lines(Finding finding)
    {
        if (finding.Details is not { ValueKind: JsonValueKind.Object } details || !details.TryGetProperty("history", out var history)
            || history.ValueKind != JsonValueKind.Array || history.GetArrayLength() == 0 || history[0].ValueKind != JsonValueKind.Object)
        {
            return [];
        }
        string[] columns = [.. history[0].EnumerateObject().Select(static member => member.Name)];
        List<string[]> rows = [columns];
        foreach (var item in history.EnumerateArray())
            rows.Add([.. columns.Select(column => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(column, out var cell) ? Cell(cell) : "")]);
        var widths = columns.Select((_, at) => rows.Max(row => row[at].Length)).ToArray();
        return [.. rows.Select(row => string.Join("  ", row.Select((cell, at) => cell.PadRight(widths[at]))).TrimEnd())];
    }

    /// <summary>One line, so that a row stays a row; what else is untrusted in it is escaped where it is printed.</summary>
    private static string Cell(JsonElement cell) => (cell.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", cell.EnumerateArray().Select(Cell)),
        JsonValueKind.Null => "",
        JsonValueKind.String => cell.GetString()!,
        _ => cell.GetRawText(),
    }).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
