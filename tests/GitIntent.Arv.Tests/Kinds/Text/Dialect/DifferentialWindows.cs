using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GitIntent.Arv.Patterns.Dialect;
using GitIntent.Arv.Patterns.Matching;
using GitIntent.Arv.Patterns.Matching.Literals;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Tests.Kinds.Text.Dialect;

/// <summary>
/// The whole engine against the plainest there is: decode the file, ask .NET's backtracking engine for each rule. Rules with literals, runs and
/// neither, several at once; files that love boundaries: ends of windows, 0 to 64 bytes, CRLF, byte-order marks, invalid UTF-8, NUL, astral
/// characters, matches across lines and across windows. <c>ARV_DIFFERENTIAL=1000000</c> asks for so many cases.
/// </summary>
public sealed class DifferentialWindows
{
    private static readonly (string Ours, string Theirs)[] Parts =
    [
        ("foo", "foo"), ("needle", "needle"), ("barbaz", "barbaz"), ("(?i:Key)", "[kK][eE][yY]"), ("(?i:é-Tok)", "é-[tT][oO][kK]"), ("日本", "日本"), ("😀", "(?:😀)"), ("=>", "=>"), ("a", "a"),
        ("\\s", "[\\t\\n\\v\\f\\r ]"), ("\\s*", "[\\t\\n\\v\\f\\r ]*"), ("\\s+?", "[\\t\\n\\v\\f\\r ]+?"), ("[0-9]{4}", "[0-9]{4}"), ("[0-9]+", "[0-9]+"), ("[A-F]{3,}", "[A-F]{3,}"),
        ("[^a]", "(?:[^a\\uD800-\\uDFFF]|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])"), ("[^\\n\"]*", "(?:[^\\n\"\\uD800-\\uDFFF]|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])*"), (".", "(?:[^\\n\\uD800-\\uDFFF]|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])"),
        (".*", "(?:[^\\n\\uD800-\\uDFFF]|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])*"), (".{0,9}?", "(?:[^\\n\\uD800-\\uDFFF]|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]){0,9}?"), ("\\w+", "[0-9A-Za-z_]+"), ("\\W", "(?:[^0-9A-Za-z_\\uD800-\\uDFFF]|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])"),
        ("(?:foo|barbaz)", "(?:foo|barbaz)"), ("(?:needle|a)?", "(?:needle|a)?"), ("(?:foo)+", "(?:foo)+"), ("x?", "x?"), ("\\n", "\\n"), ("\\x{FFFD}", "\\uFFFD"), ("\\x00", "\\x00"),
        ("^", "(?m:^)"), ("$", "(?m:$)"), ("\\A", "\\A"), ("\\z", "\\z"),
        ("\\b", "(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))"), ("\\B", "(?:(?<=[0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<![0-9A-Za-z_])(?![0-9A-Za-z_]))"),
    ];

    private static readonly byte[][] Pieces =
    [
        .. new[] { "foo", "foo", "needle", "barbaz", "key", "KEY", "É-tok", "é-TOK", "日本", "😀", "\uE000", "=>", "a", "x", " ", "  ", "\n", "\r\n", "\r", "\t", "\0", "0123", "45678901", "ABC", "DEAD", "\"", "_", "é", "\u212A", "fo", "need", "\uFEFF" }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xE6, 0x97], [0xF0, 0x9F, 0x98], [0xED, 0xA0, 0x80], [0x80], [0xC0, 0x80],
    ];

    private static readonly Encoding[] Marked = [Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, new UTF32Encoding(bigEndian: true, byteOrderMark: true)];

    private int _asked;
    private int _unanswered;

    [Fact]
    public void Matches_are_those_of_the_plainest_engine()
    {
        var cases = int.Parse(Environment.GetEnvironmentVariable("ARV_DIFFERENTIAL") ?? "1000", CultureInfo.InvariantCulture);
        Parallel.For(0, (cases + 999) / 1000, block => Judge(new Random(7919 * (block + 1)), 1000));
        // What nobody answered proves nothing; more than a handful in a million would be a hole in the proof.
        _asked.ShouldBeGreaterThanOrEqualTo(cases);
        _unanswered.ShouldBeLessThanOrEqualTo(cases / 100_000, $"of {_asked} questions");
    }

    /// <summary>Found by the test above: the line was taken for decided, though its run begins where the window's matches end.</summary>
    [Fact]
    public void A_run_beyond_a_windows_matches_is_left_to_the_next_window()
    {
        var text = new string('-', 130) + "\nbarbaz\n" + new string('=', 300);

        Searching.Find(Searching.MatcherOf(Pattern.OfRegex("\\w+a[^\\n\"]*")), 1, Encoding.UTF8.GetBytes(text), Searching.Small)[0]
            .ShouldBe("131-137");
    }

    private void Judge(Random random, int cases)
    {
        for (var judged = 0; judged < cases;)
        {
            var rules = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Rule(random)).Where(static r => r is not null).ToList();
            if (rules.Count == 0)
                continue;
            var width = Searching.Widths[random.Next(Searching.Widths.Length)];
            var matcher = PatternMatchers.For(rules.Select(static r => new PreparedPattern(r!.Value.Ours)), width);
            for (var i = 0; i < 12 && judged < cases; i++, judged++)
                Judge(random, rules, matcher, width);
        }
    }

    private void Judge(Random random, List<(Pattern Ours, Regex Theirs)?> rules, IPatternMatcher matcher, VectorWidth width)
    {
        var bytes = File(random);
        var text = SourceText.Of(bytes).Text;
        var window = random.Next(3) == 0 ? Searching.Usual : Searching.Small;
        var found = Searching.Find(matcher, rules.Count, bytes, window);
        for (var rule = 0; rule < rules.Count; rule++)
        {
            Interlocked.Increment(ref _asked);
            if (Expected(rules[rule]!.Value.Theirs, text) is not { } expected)
            {
                Interlocked.Increment(ref _unanswered);
                continue;
            }
            found[rule].ShouldBe(expected, $"{rules[rule]!.Value.Ours.Text} among {string.Join(", ", rules.Select(static r => r!.Value.Ours.Text))}, {width}, window {window.Size}, on {Convert.ToHexString(bytes)}");
        }
    }

    /// <summary>Null where the plainest engine, which goes back, took seconds over some hundred bytes.</summary>
    private static string? Expected(Regex theirs, string text)
    {
        try
        {
            return string.Join(' ', theirs.Matches(text).Select(static m => $"{m.Index}-{m.Index + m.Length}"));
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static (Pattern Ours, Regex Theirs)? Rule(Random random)
    {
        var (ours, theirs) = (new StringBuilder(), new StringBuilder());
        var open = 0;
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var part = Parts[random.Next(Parts.Length)];
            // The plainest engine goes back: with three open repeats it takes the cube of a line's length.
            open += part.Ours[^1] is '*' or '+' ? 1 : 0;
            if (open > 2)
                break;
            ours.Append(part.Ours);
            theirs.Append(part.Theirs);
        }
        try
        {
            // Never between the halves of a pair.
            return (Pattern.OfRegex(ours.ToString()), new Regex($"(?![\\uDC00-\\uDFFF])(?:{theirs})", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5)));
        }
        catch (PatternException)
        {
            return null; // it can be empty, or says CRLF
        }
    }

    private static byte[] File(Random random)
    {
        var bytes = new List<byte>();
        var length = random.Next(4) switch { 0 => random.Next(65), 1 => random.Next(180, 210), 2 => random.Next(120, 140), _ => random.Next(500) };
        while (bytes.Count < length)
        {
            // What repeats makes long runs, long lines, and candidates by the dozen.
            var piece = Pieces[random.Next(Pieces.Length)];
            for (var times = random.Next(12) == 0 ? random.Next(40) : 1; times > 0; times--)
                bytes.AddRange(piece);
        }
        var encoding = Marked[random.Next(Marked.Length)];
        return random.Next(6) switch
        {
            0 => [.. encoding.GetPreamble(), .. encoding.GetBytes(Encoding.UTF8.GetString([.. bytes]))],
            1 => [.. encoding.GetPreamble(), .. bytes],
            _ => [.. bytes],
        };
    }
}
