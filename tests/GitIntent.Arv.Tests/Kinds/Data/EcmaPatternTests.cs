using GitIntent.Arv.Schemas;

namespace GitIntent.Arv.Tests.Kinds.Data;

public class EcmaPatternTests
{
    [Theory]
    [InlineData("^a$", "a", "a\n")]
    [InlineData("^.$", "😀", "\u2028")]
    [InlineData("^[^a]$", "😀", "a")]
    [InlineData(@"^\d+$", "09", "٣")]
    [InlineData(@"^\w+$", "aZ_9", "é")]
    [InlineData(@"^\W$", "é", "_")]
    [InlineData(@"^\D$", "٣", "3")]
    [InlineData(@"^[\D]$", "a", "3")]
    [InlineData(@"^\s$", "\uFEFF", "\u0085")]
    [InlineData(@"^[^\S]$", "\u00A0", "x")]
    [InlineData(@"^\S$", "x", " ")]
    [InlineData(@"^\p{Letter}+$", "Ωé", "1")]
    [InlineData(@"^\p{Lu}\P{Lu}$", "Aa", "AA")]
    [InlineData("^a{2,3}$", "aaa", "a")]
    [InlineData("^{a}$", "{a}", "a")]
    [InlineData("^a{,2}$", "a{,2}", "aa")]
    [InlineData("^(?:a|b)(?<x>c)$", "bc", "ac\n")]
    [InlineData(@"^\u0041\x42\u{43}$", "ABC", "abc")]
    [InlineData(@"^\/\-\_\@$", "/-_@", "x")]
    [InlineData("^[a-z[]$", "[", "]")]
    [InlineData("^a b#$", "a b#", "ab")]
    [InlineData("b.*d", "abcde", "ab\ncd")]
    [InlineData("^(😀)+$", "😀😀", "x")]
    [InlineData(@"\bfoo\b", "a foo b", "afoob")]
    [InlineData("^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$", "01234567-89ab-cdef-0123-456789abcdef", "x")]
    public void A_pattern_of_ECMA_262_means_the_same_in_the_linear_engine(string pattern, string good, string bad)
    {
        var regex = EcmaPattern.Compile(pattern);
        regex.IsMatch(good).ShouldBeTrue();
        regex.IsMatch(bad).ShouldBeFalse();
    }

    [Theory]
    [InlineData("a(?=b)", "look-around cannot be matched in linear time")]
    [InlineData("(?<!a)b", "look-around cannot be matched in linear time")]
    [InlineData(@"(a)\1", @"the back-reference \1 cannot be matched in linear time")]
    [InlineData("(?i)a", "(?i is no group of ECMA-262")]
    [InlineData("(?>a)", "(?> is no group of ECMA-262")]
    [InlineData(@"\Aa", @"\A is no escape of ECMA-262")]
    [InlineData(@"\a", @"\a is no escape of ECMA-262")]
    [InlineData("[]", "an empty class is not supported")]
    [InlineData("[a", "the class does not end with ]")]
    [InlineData("a\\", "it ends with a backslash")]
    [InlineData("a{1001}", "a count may be 1000 at most")]
    [InlineData("((a{500}){500})", "with its counts written out it has more than 20000 positions")]
    [InlineData("[😀]", "characters beyond U+FFFF in a class are not supported")]
    [InlineData(@"\p{Script=Nope}", "Invalid pattern")]
    [InlineData("(a", "Invalid pattern")]
    [InlineData("a)", "Invalid pattern")]
    [InlineData("*", "Invalid pattern")]
    public void What_is_not_supported_is_said(string pattern, string expected) =>
        Should.Throw<FormatException>(() => EcmaPattern.Compile(pattern)).Message.ShouldStartWith(expected);
}
