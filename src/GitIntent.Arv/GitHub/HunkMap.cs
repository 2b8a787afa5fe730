using System.Globalization;
using System.Text.RegularExpressions;

namespace GitIntent.Arv.GitHub;

/// <summary>Where the lines of a file's new version stood in its old one, by the hunks of a unified difference.</summary>
internal sealed partial class HunkMap
{
    private readonly List<Hunk> _hunks = [];

    /// <param name="First">The first line of the new version that the hunk shows, or the one that follows a hunk which shows none.</param>
    /// <param name="OldEnd">The first line of the old version behind the hunk.</param>
    /// <param name="Old">Of each shown line of the new version its number in the old one; null where it was added.</param>
    private sealed record Hunk(int First, int Count, int OldEnd, List<int?> Old);

    private HunkMap()
    {
    }

    /// <returns>Null where it is no unified difference that can be followed to its end.</returns>
    public static HunkMap? Read(string patch)
    {
        var map = new HunkMap();
        var old = 0;
        foreach (var line in patch.Split('\n'))
        {
            if (Header().Match(line) is { Success: true } match)
            {
                map._hunks.Add(Start(match, out old));
                continue;
            }

            var hunk = map._hunks.LastOrDefault();
            if (line is ['+', ..])
                hunk?.Old.Add(null);
            else if (line is [' ', ..])
                hunk?.Old.Add(old++);
            else if (line is ['-', ..])
                old++;
        }

        return map._hunks.Count > 0 && map._hunks.All(static h => h.Old.Count == h.Count) ? map : null;
    }

    /// <returns>The line's number in the old version; null where it was not there.</returns>
    public int? ToOld(int line)
    {
        var shift = 0;
        foreach (var hunk in _hunks)
        {
            if (line < hunk.First) break;
            if (line < hunk.First + hunk.Count) return hunk.Old[line - hunk.First];

            shift = hunk.OldEnd - (hunk.First + hunk.Count);
        }

        return line + shift;
    }

    /// <summary>A side of no lines is named by the line before it (POSIX diff, unified format).</summary>
    private static Hunk Start(Match match, out int old)
    {
        var (oldCount, newCount) = (Number(match, "oldCount") ?? 1, Number(match, "newCount") ?? 1);
        old = Number(match, "old")!.Value + (oldCount == 0 ? 1 : 0);
        var first = Number(match, "new")!.Value + (newCount == 0 ? 1 : 0);
        return new Hunk(first, newCount, old + oldCount, []);
    }

    private static int? Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^@@ -(?<old>\d{1,9})(?:,(?<oldCount>\d{1,9}))? \+(?<new>\d{1,9})(?:,(?<newCount>\d{1,9}))? @@")]
    private static partial Regex Header();
}
