using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GitIntent.Arv.Patterns.Dialect;

namespace GitIntent.Arv.Tests.Kinds.Text.Dialect;

/// <summary>
/// Thousands of small random patterns against .NET's backtracking engine, which knows nothing of our parser, translation, character map or
/// literals: the pattern is written for it in its own words (ASCII spelled out, code points as alternatives of surrogate pairs, <c>\b</c> as look-around).
/// </summary>
public sealed class Differential
{
    private const string WordChar = "[0-9A-Za-z_]";

    /// <summary>Ours, and the same in .NET's words.</summary>
    private static readonly (string Ours, string Theirs)[] Atoms =
    [
        ("a", "a"), ("b", "b"), ("K", "K"), ("é", "é"), ("😀", "(?:😀)"), ("\\n", "\\n"), (" ", " "), ("_", "_"),
        (".", "(?:[^\\n\\uD800-\\uDFFF]|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])"),
        ("[^a]", "(?:[^a\\uD800-\\uDFFF]|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])"),
        ("[^é😀]", "(?:[^é\\uD800-\\uDFFF]|(?!😀)[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])"),
        ("[a-cé]", "[a-cé]"), ("[[:alpha:]]", "[A-Za-z]"), ("\\w", WordChar), ("\\d", "[0-9]"), ("\\s", "[\\t\\n\\v\\f\\r ]"),
        ("\\W", "(?:[^0-9A-Za-z_\\uD800-\\uDFFF]|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])"),
        ("(?i:k)", "[kK]"), ("(?i:[a-b]é)", "(?:[abAB]é)"), ("(?s:.)", "(?:[^\\uD800-\\uDFFF]|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])"),
    ];

    private static readonly (string Ours, string Theirs)[] Assertions =
    [
        ("^", "(?m:^)"), ("$", "(?m:$)"), ("\\A", "\\A"), ("\\z", "\\z"),
        ("\\b", $"(?:(?<={WordChar})(?!{WordChar})|(?<!{WordChar})(?={WordChar}))"),
        ("\\B", $"(?:(?<={WordChar})(?={WordChar})|(?<!{WordChar})(?!{WordChar}))"),
    ];

    private static readonly string[] Quantifiers = ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{2,}", "{0,2}?"];

    private static readonly string[] Characters = ["a", "a", "b", "c", "k", "K", "1", "_", " ", "\n", "\r\n", "é", "É", "\u212A", "😀", "😁", "\u2028", "\uE000", "\uF8FF"];

    [Fact]
    public void Matches_are_those_of_an_engine_that_knows_nothing_of_ours()
    {
        var random = new Random(20260311);
        var judged = 0;
        for (var i = 0; i < 6000; i++)
        {
            var (ours, theirs) = Sequence(random, 2);
            if (TryParse(ours) is not { } pattern)
                continue;
            var matcher = Searching.MatcherOf(pattern);
            for (var j = 0; j < 3; j++)
            {
                var text = string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => Characters[random.Next(Characters.Length)]));
                Searching.Find(matcher, 1, Encoding.UTF8.GetBytes(text), Searching.Usual)[0].ShouldBe(Theirs(theirs, text.Replace("\r\n", "\n", StringComparison.Ordinal)), $"{ours} on {Show(text)}");
                judged++;
            }
        }
        judged.ShouldBeGreaterThan(9000);
    }

    private static Pattern? TryParse(string pattern)
    {
        try
        {
            return Pattern.OfRegex(pattern);
        }
        catch (PatternException refusal) when (refusal.Message.Contains("empty string", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private static (string Ours, string Theirs) Sequence(Random random, int depth)
    {
        var (ours, theirs) = (new StringBuilder(), new StringBuilder());
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var item = Item(random, depth);
            ours.Append(item.Ours);
            theirs.Append(item.Theirs);
        }
        return (ours.ToString(), theirs.ToString());
    }

    private static (string Ours, string Theirs) Item(Random random, int depth)
    {
        var kind = random.Next(10);
        if (kind == 0)
            return Assertions[random.Next(Assertions.Length)];
        var quantifier = random.Next(3) == 0 ? Quantifiers[random.Next(Quantifiers.Length)] : "";
        if (kind > 2 || depth == 0)
        {
            var atom = Atoms[random.Next(Atoms.Length)];
            return (atom.Ours + quantifier, atom.Theirs + quantifier);
        }
        var (left, right) = (Sequence(random, depth - 1), Sequence(random, depth - 1));
        // What may be empty is not repeated: engines differ on empty turns of a loop, and RE2 itself has changed its mind.
        if (TryParse(left.Ours) is null || TryParse(right.Ours) is null)
            quantifier = "";
        var open = random.Next(2) == 0 ? "(?:" : "(";
        return ($"{open}{left.Ours}|{right.Ours}){quantifier}", $"(?:{left.Theirs}|{right.Theirs}){quantifier}");
    }

    private static string Theirs(string pattern, string text)
    {
        // Never between the halves of a pair.
        var regex = new Regex($"(?![\\uDC00-\\uDFFF])(?:{pattern})", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
        return string.Join(' ', regex.Matches(text).Select(m => $"{m.Index}-{m.Index + m.Length}"));
    }

    private static string Show(string text) => string.Concat(text.Select(c => c is > ' ' and < '\x7f' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}")));
}
