using GitIntent.Arv.Patterns.Dialect;

namespace GitIntent.Arv.Tests.Kinds.Text.Dialect;

/// <summary>What the dialect's patterns match, as <c>start-end</c> offsets.</summary>
public sealed class Matched
{
    [Theory]
    // Literals and escapes.
    [InlineData("a.c", "abc a\nc", "0-3")]
    [InlineData(@"a\.c", "abc a.c", "4-7")]
    [InlineData(@"\x41\x{42}", "AB", "0-2")]
    [InlineData(@"\t\v\f\a", "\t\v\f\a", "0-4")]
    [InlineData(@"\Qa.b*\E+", "a.b** a.b", "0-5")]
    [InlineData(@"x\Q.y", "x.y xzy", "0-3")]
    [InlineData(@"\-\/\_", "-/_", "0-3")]
    [InlineData("a{,2}", "a{,2}", "0-5")]
    [InlineData("x{", "x{", "0-2")]
    [InlineData("x{a}", "x{a}", "0-4")]
    // Classes.
    [InlineData("[]a]", "]", "0-1")]
    [InlineData("[^]a]", "]b", "1-2")]
    [InlineData("[a-]", "-", "0-1")]
    [InlineData("[-a]", "-", "0-1")]
    [InlineData(@"[\d-]+", "1-2", "0-3")]
    [InlineData("[a-c[]", "[", "0-1")]
    [InlineData(@"[\]\\]+", @"]\", "0-2")]
    [InlineData("[[:alpha:]]+", "aZé1", "0-2")]
    [InlineData("[[:^alpha:]]", "aé", "1-2")]
    [InlineData("[^[:space:]]+", "a\v", "0-1")]
    [InlineData("[[:word:]-]+", "a_-9!", "0-4")]
    [InlineData("[^a]", "a\nb", "1-2 2-3")]
    // ASCII, whatever the characters.
    [InlineData(@"\d+", "1٣2", "0-1 2-3")]
    [InlineData(@"\w+", "aéb", "0-1 2-3")]
    [InlineData(@"\W", "aé", "1-2")]
    [InlineData(@"\s", " \v\u00A0\u2028", "0-1 1-2")]
    [InlineData(@"\bfoo\b", "éfooé foo_ foo", "1-4 11-14")]
    [InlineData(@"\bé", "aé é", "1-2")]
    [InlineData(@"o\B", "foé fob", "5-6")]
    [InlineData(@"\b[fé]o", "xéfo", "2-4")]
    [InlineData("(?i)k", "kK\u212A", "0-1 1-2")]
    [InlineData("(?i)é", "éÉ", "0-1")]
    [InlineData("(?i)i", "iIİı", "0-1 1-2")]
    [InlineData("(?i)[^k]", "kK\u212A", "2-3")]
    [InlineData("(?i)[a-c]+", "aBcD", "0-3")]
    [InlineData("(?i)a(?-i)b", "AB Ab", "3-5")]
    [InlineData("(?i:a)b", "Ab AB", "0-2")]
    [InlineData("((?i)a)b", "Ab AB", "0-2")]
    [InlineData("a(?i)b|c", "aB C", "0-2 3-4")]
    // Code points.
    [InlineData("^.$", "😀", "0-2")]
    [InlineData("a.b", "a😀b", "0-4")]
    [InlineData("[^a]", "😀a", "0-2")]
    [InlineData("[😀-😂]", "😁x😃", "0-2")]
    [InlineData("[é-😀]", "é\uFFFF😀😁", "0-1 1-2 2-4")]
    [InlineData(@"\x{1F600}", "😀", "0-2")]
    [InlineData(".{2}", "😀é", "0-3")]
    [InlineData("\uE000", "\uE000é", "0-1")]
    [InlineData("\uF8FF", "😀\uF8FF", "2-3")]
    // Lines.
    [InlineData("^a", "a\na", "0-1 2-3")]
    [InlineData("a$", "a\na", "0-1 2-3")]
    [InlineData("a$", "a\r\nb", "0-1")]
    [InlineData("a$", "a\rb", "")]
    [InlineData(@"a\nb", "a\r\nb", "0-3")]
    [InlineData(@"a\s+b", "a\n \nb", "0-5")]
    [InlineData(@"\Aa", "a\na", "0-1")]
    [InlineData(@"a\z", "a\na", "2-3")]
    [InlineData(@"a\z", "a\n", "")]
    [InlineData("(?-m)^a", "a\na", "0-1")]
    [InlineData("(?-m)a$", "a\n", "")]
    [InlineData("(?s)a.b", "a\nb", "0-3")]
    [InlineData("(?s:a.)b.", "a\nbc", "0-4")]
    // Choice and repetition: leftmost, the earlier alternative first, not overlapping.
    [InlineData("a|ab", "ab", "0-1")]
    [InlineData("ab|a", "ab", "0-2")]
    [InlineData("(?:a|ab)(?:c|bcd)", "abcd", "0-4")]
    [InlineData("(?:xa|x|xy)[yK]", "xyyK", "0-2")] // .NET's linear engine ends at 3
    [InlineData("x(?:a|y??)[yK]", "xyK xyyK", "0-2 4-6")]
    [InlineData("(?:a?|b?)b", "bb", "0-1 1-2")]
    [InlineData("(?:a?|b?)*?é\\b", "abéb", "0-3")]
    [InlineData("[A-Za-z]?\\W", "k1  x1", "2-3 3-4")] // .NET's linear engine misses the first
    [InlineData("a+", "aaa", "0-3")]
    [InlineData("a+?", "aaa", "0-1 1-2 2-3")]
    [InlineData("(?U)a+", "aa", "0-1 1-2")]
    [InlineData("(?U)a+?", "aa", "0-2")]
    [InlineData("a{2}", "aaaaa", "0-2 2-4")]
    [InlineData("a{2,}", "aaaaa", "0-5")]
    [InlineData("a{1,2}?", "aa", "0-1 1-2")]
    [InlineData("aba", "ababa", "0-3")]
    [InlineData("\\b(?:(?:ab|cd)\\d|ef)", "xab1 ab1 cd cd2ef ef", "5-8 12-15 18-20")]
    [InlineData("(?:ab|)cd", "abcd cd", "0-4 5-7")]
    [InlineData("(?:ab|c?)de", "abde cde de", "0-4 5-8 9-11")]
    [InlineData("^(?:ab|😀c)", "ab\n😀c", "0-2 3-6")]
    [InlineData("^*a", "ba", "1-2")]
    [InlineData("(a|)b", "ab", "0-2")]
    [InlineData("(?P<n>a)(?<m>b)(c)", "abc", "0-3")]
    [InlineData("<!--(?s:.*?)-->", "<!--\n-->x-->", "0-8")]
    public void A_pattern_matches(string pattern, string text, string expected) => Find(Pattern.OfRegex(pattern), text).ShouldBe(expected);

    [Theory]
    [InlineData("a.c", "abc a.c", "4-7")]
    [InlineData("aa", "aaaa", "0-2 2-4")]
    [InlineData("a\nb", "a\r\nb a\nb", "0-3 4-7")]
    [InlineData("a\r\nb", "a\nb", "0-3")]
    [InlineData("é", "e\u0301 é", "3-4")]
    [InlineData("😀", "x😀", "1-3")]
    public void A_literal_matches_itself(string literal, string text, string expected) => Find(Pattern.OfLiteral(literal), text).ShouldBe(expected);

    [Fact]
    public void Counts_go_up_to_a_thousand()
    {
        Find(Pattern.OfRegex("^[^b]{1000}$"), new string('é', 1000)).ShouldBe("0-1000");
        Find(Pattern.OfRegex("^.{1,1000}$"), "😀é").ShouldBe("0-3");
        Find(Pattern.OfRegex("^(?:a{100}){10}$"), new string('a', 999)).ShouldBe("");
    }

    [Fact]
    public void Repeats_within_repeats_stay_small()
    {
        var nested = string.Concat(Enumerable.Repeat("(?:", 200)) + "ab" + string.Concat(Enumerable.Repeat(")+", 200));

        Find(Pattern.OfRegex(nested), "xababa").ShouldBe("1-5");
    }

    [Fact]
    public void What_the_engine_cannot_hold_is_refused_as_too_large()
    {
        var pattern = Pattern.OfRegex(string.Concat(Enumerable.Repeat("[^b]{1000}", 21)));

        Should.Throw<PatternException>(() => Searching.MatcherOf(pattern)).Message.ShouldContain("too large");
    }

    private static string Find(Pattern pattern, string text) => Searching.Find(pattern, text);
}
