using GitIntent.Arv.Patterns.Dialect;

namespace GitIntent.Arv.Tests.Kinds.Text.Dialect;

/// <summary>What is no pattern of the dialect, where it goes wrong (index from 0), and a word of the reason.</summary>
public sealed class Refused
{
    [Theory]
    [InlineData("a(?=b)", 1, "look-around")]
    [InlineData("a(?!b)", 1, "look-around")]
    [InlineData("(?<=a)b", 0, "look-around")]
    [InlineData("(?<!a)b", 0, "look-around")]
    [InlineData(@"(a)\1", 3, "back-references")]
    [InlineData(@"(?<n>a)\k<n>", 7, "back-references")]
    [InlineData("(?P<n>a)(?P=n)", 8, "back-references")]
    [InlineData("(?>a)b", 0, "atomic")]
    [InlineData("a++", 2, "possessive")]
    [InlineData("a*+", 2, "possessive")]
    [InlineData("a{2}+", 4, "possessive")]
    [InlineData("(a)(?(1)b|c)", 3, "conditionals")]
    [InlineData("(?R)", 0, "recursion")]
    [InlineData("x(?1)", 1, "recursion")]
    [InlineData("(?|a|b)", 0, "branch reset")]
    [InlineData("a(?#b)", 1, "comments")]
    [InlineData("(?'n'a)", 0, "(?<name>…)")]
    [InlineData("(?x)a", 0, "not offered")]
    [InlineData("(?)a", 0, "not offered")]
    [InlineData("(?i-)a", 0, "not offered")]
    [InlineData("(?i", 0, "not offered")]
    [InlineData("(?", 0, "not offered")]
    [InlineData("(?<1a>b)", 0, "name")]
    [InlineData("(?<a", 0, "name")]
    [InlineData("(?<a>b)(?P<a>c)", 7, "unique")]
    [InlineData(@"a\p{L}", 1, "Unicode")]
    [InlineData(@"a\pN", 1, "Unicode")]
    [InlineData(@"[\p{L}]", 1, "Unicode")]
    [InlineData("ab(c", 2, "not closed")]
    [InlineData("ab)c", 2, "closes no group")]
    [InlineData("ab[c", 2, "not closed")]
    [InlineData("[]", 0, "not closed")]
    [InlineData("[^]", 0, "not closed")]
    [InlineData("[a-", 0, "not closed")]
    [InlineData("[z-a]", 1, "bad range")]
    [InlineData(@"[a\d-z]", 2, "bad range")]
    [InlineData(@"[a-\d]", 1, "bad range")]
    [InlineData("[[:foo:]]", 1, "[:alpha:]")]
    [InlineData(@"[\b]", 1, "class")]
    [InlineData(@"[^\x00-\x{10FFFF}]", 0, "no character")]
    [InlineData(@"[^\s\S]", 0, "no character")]
    [InlineData("*a", 0, "nothing to repeat")]
    [InlineData("a|+", 2, "nothing to repeat")]
    [InlineData("({2})", 1, "nothing to repeat")]
    [InlineData("a**", 2, "quantifier")]
    [InlineData("a*??", 3, "quantifier")]
    [InlineData("a{2}{3}", 4, "quantifier")]
    [InlineData("a{1001}", 1, "1000")]
    [InlineData("a{1,1001}", 1, "1000")]
    [InlineData("a{99999999999999999999}", 1, "1000")]
    [InlineData("a{3,2}", 1, "3 is more than 2")]
    [InlineData("(?:a{100}){11}", 10, "1100")]
    [InlineData("(?:(?:a{10}){10}){11}", 17, "1100")]
    [InlineData(@"a\", 1, "backslash")]
    [InlineData(@"a\y", 1, "unknown escape")]
    [InlineData(@"a\é", 1, "unknown escape")]
    [InlineData(@"a\Z", 1, @"\z")]
    [InlineData(@"\Ga", 0, "not offered")]
    [InlineData(@"a\0", 1, "octal")]
    [InlineData(@"a\u0041", 1, @"\x{1F600}")]
    [InlineData(@"a\x4", 1, "number of a character")]
    [InlineData(@"a\xg1", 1, "number of a character")]
    [InlineData(@"a\x{}", 1, "number of a character")]
    [InlineData(@"a\x{41", 1, "number of a character")]
    [InlineData(@"a\x{110000}", 1, "number of a character")]
    [InlineData(@"a\x{D800}", 1, "number of a character")]
    [InlineData(@"a\r\nb", 3, "CRLF")]
    public void A_bad_pattern_is_refused_at_its_place_with_the_reason(string pattern, int index, string reason)
    {
        var refusal = Should.Throw<PatternException>(() => Pattern.OfRegex(pattern));

        refusal.Index.ShouldBe(index);
        refusal.Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("a*", 0)]
    [InlineData("a?b*", 0)]
    [InlineData("ab|", 3)]
    [InlineData("ab|c*|d", 3)]
    [InlineData("(?:ab|c?)", 6)]
    [InlineData("^$", 0)]
    [InlineData(@"\b", 0)]
    [InlineData("(?:a*)+", 0)]
    [InlineData("a{0}", 0)]
    public void A_pattern_that_can_match_nothing_is_refused(string pattern, int index)
    {
        var refusal = Should.Throw<PatternException>(() => Pattern.OfRegex(pattern));

        refusal.Message.ShouldContain("empty string");
        refusal.Index.ShouldBe(index);
    }

    [Theory]
    [InlineData(250, true)]
    [InlineData(251, false)]
    [InlineData(1_000, false)]
    [InlineData(30_000, false)]
    public void Groups_nest_only_so_deep(int depth, bool good)
    {
        var pattern = new string('(', depth) + "a" + new string(')', depth);

        if (good)
            Pattern.OfRegex(pattern).ShouldNotBeNull();
        else
            Should.Throw<PatternException>(() => Pattern.OfRegex(pattern)).Message.ShouldContain("250 deep");
    }

    [Fact]
    public void A_hundred_thousand_groups_are_too_large()
    {
        var pattern = string.Concat(Enumerable.Repeat("(", 100_000)) + "a" + new string(')', 100_000);

        Should.Throw<PatternException>(() => Pattern.OfRegex(pattern)).Message.ShouldContain("too large");
    }

    [Fact]
    public void An_unclosed_group_among_many_is_found_at_its_own_place()
    {
        Should.Throw<PatternException>(() => Pattern.OfRegex("(a)(b(c)")).Index.ShouldBe(3);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused()
    {
        Should.Throw<PatternException>(() => Pattern.OfRegex("a\uD800")).Index.ShouldBe(1);
        Should.Throw<PatternException>(() => Pattern.OfLiteral("a\uD800"));
    }
}
