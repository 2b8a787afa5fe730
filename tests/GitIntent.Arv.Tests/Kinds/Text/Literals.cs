using System.Text;
using GitIntent.Arv.Patterns.Dialect;
using GitIntent.Arv.Patterns.Matching;

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
    [InlineData("foo\\nbarbar", "barbar")]
    [InlineData("é", "é")]
    [InlineData("\\b(?:(?:ghp_|gho_)[0-9]{9}|github_pat_[0-9]{9})\\b", "ghp_|gho_|github_pat_")]
    [InlineData("\\x{FFFD}a", "a")]
    [InlineData("\\bfoo$", "foo")]
    public void Each_match_holds_one_of_these(string pattern, string expected)
    {
        RequiredLiterals.Of(Pattern.OfRegex(pattern).Node).Select(Show).ShouldBe(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));

        static string Show(RequiredLiteral literal) =>
            Encoding.UTF8.GetString([.. literal.Bytes.Select((b, i) => literal.AnyCase[i] ? (byte)char.ToUpperInvariant((char)b) : b)]);
    }

    [Fact]
    public void The_search_finds_what_a_plain_search_finds()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var text = Bytes(random, random.Next(80));
            var word = Bytes(random, random.Next(1, 6));
            var anyCase = random.Next(2) == 0;
            var finder = new LiteralFinder(new RequiredLiteral([.. word.Select(b => anyCase ? Lower(b) : b)], [.. word.Select(b => anyCase && char.IsAsciiLetter((char)b))]));

            var expected = anyCase ? Fold(text).AsSpan().IndexOf(Fold(word)) >= 0 : text.AsSpan().IndexOf(word) >= 0;

            finder.IsIn(text).ShouldBe(expected, $"{Encoding.Latin1.GetString(word)} in {Encoding.Latin1.GetString(text)}");
        }

        static byte[] Bytes(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (byte)"abAB@`\x7f"[random.Next(7)])];
        static byte[] Fold(byte[] bytes) => [.. bytes.Select(Lower)];
        static byte Lower(byte b) => (byte)char.ToLowerInvariant((char)b);
    }

    [Fact]
    public void A_literal_at_the_very_start_or_end_is_found()
    {
        var finder = new LiteralFinder(new RequiredLiteral([.. "needle"u8], [.. Enumerable.Repeat(false, 6)]));
        for (var length = 6; length < 70; length++)
        {
            for (var at = 0; at <= length - 6; at++)
            {
                var text = new byte[length];
                "needle"u8.CopyTo(text.AsSpan(at));
                finder.IsIn(text).ShouldBeTrue();
                text[at + 2] = (byte)'E';
                finder.IsIn(text).ShouldBeFalse();
            }
        }
    }
}
