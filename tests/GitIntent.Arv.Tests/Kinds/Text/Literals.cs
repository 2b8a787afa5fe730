using System.Collections.Immutable;
using System.Text;
using GitIntent.Arv.Patterns.Dialect;
using GitIntent.Arv.Patterns.Matching;
using GitIntent.Arv.Patterns.Matching.Literals;

namespace GitIntent.Arv.Tests.Kinds.Text;

/// <summary>What every match of a pattern holds, and the search for it in bytes.</summary>
public sealed class Literals
{
    [Theory]
    [InlineData("foo", "foo")]
    [InlineData("(?i)foo", "FOO")] // in capitals here: in either case
    [InlineData("(?i)f-1", "F-1")]
    [InlineData(@"from\s+google\.adk\s+import", "google.adk")]
    [InlineData("['\"]claude-3-opus-\\d+['\"]", "claude-3-opus-")]
    [InlineData("(?:foo|barr)x?", "foo|barr")]
    [InlineData("(?:foo|b*)x", "x")]
    [InlineData("(from|import|require\\s*\\()", "from|import|require")]
    [InlineData("<{7} ", "<<<<<<< ")]
    [InlineData("a{2,}bcd", "bcd")] // the run breaks where the count is open
    [InlineData("a+b", "a")]
    [InlineData("(?:ab){2}", "ab")]
    [InlineData("x?[ab]", "")]
    [InlineData("[0-9]{16}", "")]
    [InlineData("foo\\nbarbar", "foo\nbarbar")]
    [InlineData("é", "é")]
    [InlineData("\\b(?:(?:ghp_|gho_)[0-9]{9}|github_pat_[0-9]{9})\\b", "ghp_|gho_|github_pat_")]
    [InlineData("\\x{FFFD}a", "\uFFFDa")]
    [InlineData("\\bfoo$", "foo")]
    public void Each_match_holds_one_of_these(string pattern, string expected)
    {
        RequiredLiterals.Of(Pattern.OfRegex(pattern).Node).Select(Show).ShouldBe(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));

        static string Show(RequiredLiteral literal) =>
            Encoding.UTF8.GetString([.. literal.Bytes.Select((b, i) => literal.AnyCase[i] ? (byte)char.ToUpperInvariant((char)b) : b)]);
    }

    [Theory]
    [InlineData("foo", 0)]
    [InlineData("\\bfoo", 0)]
    [InlineData("['\"]foo", 1)]
    [InlineData("é[0-9]{2}foo", 4)]
    [InlineData("[éa]foo", -1)]
    [InlineData("a*foo", -1)]
    [InlineData("(?:ab|cd)foo", 2)]
    public void How_far_a_match_reaches_before_it_is_known_or_not(string pattern, int expected) =>
        RequiredLiterals.Of(Pattern.OfRegex(pattern).Node).ShouldHaveSingleItem().Distance.ShouldBe(expected);

    [Fact]
    public void Every_width_finds_what_a_plain_search_finds()
    {
        var random = new Random(7);
        for (var i = 0; i < 3_000; i++)
        {
            var literals = Enumerable.Range(0, random.Next(1, i % 50 == 0 ? 400 : 12)).Select(_ => Literal(random)).ToImmutableArray();
            var text = Bytes(random, random.Next(i % 3 == 0 ? 40 : 300));

            var expected = Plain(literals, text);

            foreach (var width in Searching.Widths)
            {
                var hits = new List<LiteralHit>();
                new LiteralSet(literals, width).Find(text, hits);
                hits.OrderBy(static h => h.Start).ThenBy(static h => h.Literal).SequenceEqual(expected).ShouldBeTrue($"{width}: {Encoding.Latin1.GetString(text)}");
            }
        }
    }

    [Fact]
    public void A_literal_at_the_very_start_or_end_is_found()
    {
        RequiredLiteral needle = new([.. "needle"u8], [.. Enumerable.Repeat(false, 6)], 0);
        foreach (var set in Searching.Widths.Select(width => new LiteralSet([needle], width)))
        {
            for (var length = 6; length < 90; length++)
            {
                for (var at = 0; at <= length - 6; at++)
                {
                    var text = new byte[length];
                    "needle"u8.CopyTo(text.AsSpan(at));
                    var hits = new List<LiteralHit>();
                    set.Find(text, hits);
                    hits.ShouldBe([new LiteralHit(0, at)]);
                    text[at + 2] = (byte)'E';
                    hits.Clear();
                    set.Find(text, hits);
                    hits.ShouldBeEmpty();
                }
            }
        }
    }

    [Fact]
    public void Runs_are_those_of_a_plain_search()
    {
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            var set = new ByteSet().With(Pattern.OfRegex(i % 2 == 0 ? "[ab`]" : "[^@A]").Node is SetNode node ? node.Set : CodePointSet.All);
            var length = random.Next(1, i % 7 == 0 ? 130 : 9);
            var text = Bytes(random, random.Next(300));
            if (i % 3 == 0)
                Array.Fill(text, (byte)'a', text.Length / 4, text.Length / 2);
            var expected = PlainRuns(set, length, text);
            foreach (var vectors in new[] { false, true })
            {
                var finder = new RunFinder(set, length, vectors);
                var found = new List<(int, int)>();
                for (var at = 0; finder.Next(text, at, open: false) is var (start, end); at = end)
                    found.Add((start, end));
                found.ShouldBe(expected);
            }
        }
    }

    private static List<(int, int)> PlainRuns(ByteSet set, int length, byte[] text)
    {
        var runs = new List<(int, int)>();
        for (var at = 0; at < text.Length; at++)
        {
            var end = at;
            while (end < text.Length && set.Contains(text[end]))
                end++;
            if (end - at >= length)
                runs.Add((at, end));
            at = Math.Max(at, end);
        }
        return runs;
    }

    private static List<LiteralHit> Plain(ImmutableArray<RequiredLiteral> literals, byte[] text)
    {
        var hits = new List<LiteralHit>();
        for (var at = 0; at < text.Length; at++)
        {
            for (var i = 0; i < literals.Length; i++)
            {
                var (bytes, anyCase) = (literals[i].Bytes, literals[i].AnyCase);
                if (at + bytes.Length <= text.Length && Enumerable.Range(0, bytes.Length).All(j => (anyCase[j] ? Lower(text[at + j]) : text[at + j]) == bytes[j]))
                    hits.Add(new LiteralHit(i, at));
            }
        }
        return hits;
    }

    private static RequiredLiteral Literal(Random random)
    {
        var anyCase = random.Next(2) == 0;
        var word = Bytes(random, random.Next(3, 8));
        return new RequiredLiteral([.. word.Select(b => anyCase ? Lower(b) : b)], [.. word.Select(b => anyCase && char.IsAsciiLetter((char)b))], 0);
    }

    private static byte[] Bytes(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (byte)"abAB@`\x7fé\n"[random.Next(9)])];

    private static byte Lower(byte b) => char.IsAsciiLetterUpper((char)b) ? (byte)(b | 0x20) : b;
}
