using System.Globalization;
using System.Text;
using DiffPlex;
using DiffPlex.Model;

namespace GitIntent.Arv.Kinds.Exec.Golden;

/// <summary>A unified diff of two texts in lines; of a large difference the beginning, and how much is not shown.</summary>
internal static class UnifiedDiff
{
    private const int Context = 2;
    private const int MostShown = 80;

    /// <summary>Comparing takes the product of the lines that differ: beyond this, only where they begin to differ is looked for.</summary>
    private const int MostCompared = 3000;

    public static string Of(List<Line> expected, List<Line> actual)
    {
        var prefix = 0;
        while (prefix < expected.Count && prefix < actual.Count && expected[prefix] == actual[prefix])
            prefix++;
        var suffix = 0;
        while (suffix < expected.Count - prefix && suffix < actual.Count - prefix && expected[^(suffix + 1)] == actual[^(suffix + 1)])
            suffix++;
        var (old, @new) = (Shown(expected, prefix, suffix), Shown(actual, prefix, suffix));
        List<DiffBlock> blocks = old.Length > MostCompared || @new.Length > MostCompared
            ? [new DiffBlock(0, old.Length, 0, @new.Length)]
            : [.. Differ.Instance.CreateDiffs(string.Join('\n', old), string.Join('\n', @new), false, false, LineChunkerOfOurs.Instance).DiffBlocks];
        var endsDiffer = expected.Concat(actual).Select(static line => line.End).Where(static end => end.Length > 0).Distinct().Count() > 1;
        return Write(expected, actual, prefix, blocks, endsDiffer);
    }

    private static string Write(List<Line> expected, List<Line> actual, int prefix, List<DiffBlock> blocks, bool showEnds)
    {
        var lines = new List<string> { "--- expected", "+++ actual" };
        var written = -1; // of expected, up to here
        foreach (var block in blocks)
        {
            var (from, to) = (prefix + block.DeleteStartA, prefix + block.InsertStartB);
            var start = Math.Max(written + 1, Math.Max(0, from - Context));
            if (written < 0 || start > written + 1)
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"@@ line {start + 1} @@"));
            AddRange(lines, " ", expected, start, from, showEnds);
            AddRange(lines, "-", expected, from, from + block.DeleteCountA, showEnds);
            AddRange(lines, "+", actual, to, to + block.InsertCountB, showEnds);
            written = from + block.DeleteCountA - 1;
            var next = blocks.Where(other => other.DeleteStartA > block.DeleteStartA).Select(other => prefix + other.DeleteStartA).DefaultIfEmpty(int.MaxValue).First();
            var end = Math.Min(Math.Min(written + 1 + Context, expected.Count), next);
            AddRange(lines, " ", expected, written + 1, end, showEnds);
            written = end - 1;
        }
        var text = new StringBuilder();
        text.AppendJoin('\n', lines.Take(MostShown));
        if (lines.Count > MostShown)
            text.Append(CultureInfo.InvariantCulture, $"\n… {lines.Count - MostShown} more lines of this difference are not shown");
        return text.ToString();
    }

    private static void AddRange(List<string> lines, string sign, List<Line> from, int start, int end, bool showEnds)
    {
        for (var i = start; i < end; i++)
            lines.Add(sign + Invisible.Show(from[i].Text) + (showEnds && from[i].End == "\r\n" ? "\\r" : ""));
    }

    // Two lines are the same only if their ends are; the end is put where the comparison sees it and no line has it.
    private static string[] Shown(List<Line> lines, int prefix, int suffix) =>
        [.. lines.Skip(prefix).Take(lines.Count - prefix - suffix).Select(static line => line.Text + '\u0001' + line.End.Length.ToString(CultureInfo.InvariantCulture))];

    private sealed class LineChunkerOfOurs : IChunker
    {
        public static readonly LineChunkerOfOurs Instance = new();

        public IReadOnlyList<string> Chunk(string text) => text.Length == 0 ? [] : text.Split('\n');
    }
}
