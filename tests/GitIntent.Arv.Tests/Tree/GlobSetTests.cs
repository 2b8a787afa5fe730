using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Tests.Tree;

public sealed class GlobSetTests
{
    [Theory]
    [InlineData("*.ts", "a.ts")]
    [InlineData("*.ts", "src/deep/a.ts")]
    [InlineData("/*.ts", "a.ts")]
    [InlineData("src/*.ts", "src/a.ts")]
    [InlineData("src/", "src/a/b.ts")]
    [InlineData("src/", "x/src/b.ts")]
    [InlineData("src", "src/b.ts")]
    [InlineData("src", "src")]
    [InlineData("/src/gen/", "src/gen/b.ts")]
    [InlineData("src/**", "src/b.ts")]
    [InlineData("**/src", "a/b/src")]
    [InlineData("a/**/b", "a/b")]
    [InlineData("a/**/b", "a/x/y/b")]
    [InlineData("a/**/b", "a/x/b/below")]
    [InlineData("**", "a/b")]
    [InlineData("?.c", "é.c")]
    [InlineData("?.c", "😀.c")]
    [InlineData("[é😀].c", "😀.c")]
    [InlineData("[!a]", "b")]
    [InlineData("[^a-c]", "d")]
    [InlineData("[]]", "]")]
    [InlineData("[a-]", "-")]
    [InlineData("[[:digit:]x]", "7")]
    [InlineData(@"\!x", "!x")]
    [InlineData(@"\#x", "#x")]
    [InlineData(@"a\*", "a*")]
    [InlineData(@"a\ ", "a ")]
    [InlineData("a  ", "a")]
    [InlineData("{a,b}", "{a,b}")]
    [InlineData("a*b*c", "aXbXbc")]
    public void A_pattern_matches(string pattern, string path) => GlobSet.Parse([pattern]).Matches(path).ShouldBeTrue();

    [Theory]
    [InlineData("*.ts", "a.tsx")]
    [InlineData("*.ts", "a.TS")]
    [InlineData("/*.ts", "src/a.ts")]
    [InlineData("src/*.ts", "x/src/a.ts")]
    [InlineData("src/*.ts", "src/x/a.ts")]
    [InlineData("src/", "src")]
    [InlineData("src/**", "src")]
    [InlineData("a/**/b", "ab")]
    [InlineData("a**b", "a/b")]
    [InlineData("?", "/")]
    [InlineData("[!a]", "a")]
    [InlineData("a[/]b", "a/b")]
    [InlineData(@"a\*", "ab")]
    [InlineData("{a,b}", "a")]
    [InlineData("", "a")]
    public void A_pattern_does_not_match(string pattern, string path)
    {
        if (GlobSet.Check(pattern) is null)
            GlobSet.Parse([pattern]).Matches(path).ShouldBeFalse();
        else
            pattern.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(new[] { "src/", "!src/gen/" }, "src/gen/a.ts", false)]
    [InlineData(new[] { "src/", "!src/gen/" }, "src/a.ts", true)]
    [InlineData(new[] { "!src/gen/", "src/" }, "src/gen/a.ts", true)]
    [InlineData(new[] { "*", "!*.md", "README.md" }, "README.md", true)]
    [InlineData(new[] { "*", "!*.md", "README.md" }, "docs/x.md", false)]
    public void The_last_pattern_that_matches_decides(string[] patterns, string path, bool expected) =>
        GlobSet.Parse(patterns).Matches(path).ShouldBe(expected);

    [Theory]
    [InlineData("src/*.ts", "src", true)]
    [InlineData("src/*.ts", "lib", false)]
    [InlineData("src/*.ts", "src/deep", false)]
    [InlineData("*.ts", "anything/at/all", true)]
    [InlineData("a/**/b", "a/x/y", true)]
    [InlineData("src/", "src/deep", true)]
    [InlineData("a/b", "", true)]
    public void It_says_whether_something_below_a_folder_could_match(string pattern, string folder, bool expected) =>
        GlobSet.Parse([pattern]).CouldMatchBelow(folder).ShouldBe(expected);

    [Fact]
    public void What_is_taken_back_whole_cannot_match_below() =>
        GlobSet.Parse(["*.ts", "!gen/"]).CouldMatchBelow("gen").ShouldBeFalse();

    [Theory]
    [InlineData(new[] { "gen/" }, true)]
    [InlineData(new[] { "gen/", "!gen/keep" }, false)]
    [InlineData(new[] { "*.ts" }, false)]
    public void It_says_whether_all_below_a_folder_match(string[] patterns, bool expected) =>
        GlobSet.Parse(patterns).MatchesAllBelow("gen").ShouldBe(expected);

    [Theory]
    [InlineData("*.ts", "a/b.ts", true)]
    [InlineData("src/**/*.cs", "src/b.cs", true)]
    [InlineData("a/b.bin", "a/b.bin", true)]
    [InlineData("*.[jt]s", "b.js", true)]
    [InlineData("**", "a/b.ts", false)]
    [InlineData("*.*", "a/b.ts", false)]
    [InlineData("src/", "src/b.ts", false)]
    [InlineData("src/*", "src/b.ts", false)]
    [InlineData("!*.ts", "b.ts", false)]
    [InlineData("*.ts", "a.ts/b", false)]
    public void It_says_whether_a_file_is_named_by_its_ending(string pattern, string path, bool expected) =>
        GlobSet.Parse([pattern]).Names(path).ShouldBe(expected);

    [Fact]
    public void Patterns_without_wildcards_are_paths_from_the_root() =>
        GlobSet.Parse(["README.md", "/a/b.js", @"x\*y", "src/", "*.ts", "!no.md", "dist/index.js"]).LiteralPaths
            .ShouldBe(["README.md", "a/b.js", "x*y", "dist/index.js"]);

    [Theory]
    [InlineData("a[b", "'['")]
    [InlineData("", "empty")]
    [InlineData("/", "empty")]
    [InlineData("!", "empty")]
    [InlineData("   ", "empty")]
    [InlineData(@"a\", "backslash")]
    [InlineData("a//b", "two slashes")]
    [InlineData("../a", "'..'")]
    [InlineData("./a", "'.'")]
    [InlineData("#a", "comment")]
    [InlineData("[[:digits:]]", "[:digits:]")]
    [InlineData("[z-a]", "'z-a'")]
    public void A_bad_pattern_is_named(string pattern, string expected)
    {
        GlobSet.Check(pattern).ShouldNotBeNull().ShouldContain(expected);
        Should.Throw<ArgumentException>(() => GlobSet.Parse([pattern])).Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("*.ts")]
    [InlineData("!x")]
    [InlineData("#x ")]
    [InlineData(@"a\[b]?")]
    public void An_escaped_text_matches_just_itself(string text)
    {
        var set = GlobSet.Parse(["a/" + GlobSet.Escape(text), GlobSet.Escape(text)]);
        set.Matches(text).ShouldBeTrue();
        set.Matches("a/" + text).ShouldBeTrue();
        set.Matches("a/x.ts").ShouldBeFalse();
    }

    [Fact]
    public void Equal_patterns_make_equal_sets()
    {
        GlobSet.Parse(["a", "b"]).ShouldBe(GlobSet.Parse(["a", "b"]));
        GlobSet.Parse(["a", "b"]).ShouldNotBe(GlobSet.Parse(["b", "a"]));
    }

    [Fact]
    public void A_pattern_of_many_stars_ends()
    {
        var name = new string('a', 100_000);
        GlobSet.Parse([string.Concat(Enumerable.Repeat("*a", 100)) + "b"]).Matches(name).ShouldBeFalse();
        var path = string.Join('/', Enumerable.Repeat("a", 20_000));
        GlobSet.Parse([string.Concat(Enumerable.Repeat("**/a/", 100)) + "b"]).Matches(path).ShouldBeFalse();
    }
}
