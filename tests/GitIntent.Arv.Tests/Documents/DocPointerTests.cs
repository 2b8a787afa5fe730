using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Tests.Documents;

public class DocPointerTests
{
    private static readonly DocNode Root = Docs.Json("""{"a": [{"n": 1}, {"n": 2}, {}], "b/c": {"~": 3, "*": 4}, "": 5, "e": [], "0": 6}""");

    [Theory]
    [InlineData("/a/0/n", "/a/0/n=1")]
    [InlineData("/a/*/n", "/a/0/n=1 /a/1/n=2")]
    [InlineData("/b~1c/~0", "/b~1c/~0=3")]
    [InlineData("/b~1c/*", "/b~1c/~0=3 /b~1c/*=4")]
    [InlineData("/b~1c/~2", "/b~1c/*=4")]
    [InlineData("/", "/=5")]
    [InlineData("/0", "/0=6")]
    [InlineData("/a/3", "")]
    [InlineData("/a/-", "")]
    [InlineData("/a/00", "")]
    [InlineData("/e/*", "")]
    [InlineData("/x", "")]
    public void A_pointer_selects_values_with_their_own_pointers(string place, string expected) =>
        string.Join(' ', DocPointer.Parse(place).Select(Root).Select(hit => hit.Pointer + "=" + Docs.Show(hit.Node))).ShouldBe(expected);

    [Fact]
    public void The_empty_pointer_is_the_whole_document() => DocPointer.Parse("").Select(Root).Single().Node.ShouldBeSameAs(Root);

    [Theory]
    [InlineData("/a/*/n", "/a/2 n")]
    [InlineData("/x/y", " x")]
    [InlineData("/e/*/n", "")]
    [InlineData("/0/*", "/0 *")]
    public void What_is_missing_is_told_from_what_is_empty(string place, string expected) =>
        string.Join(',', DocPointer.Parse(place).Resolve(Root).Misses.Select(miss => miss.Pointer + " " + miss.Segment)).ShouldBe(expected);

    [Theory]
    [InlineData("a/b", "\"a/b\" is no pointer; expected one such as /a/b or /items/*/name")]
    [InlineData("/a~b", "\"/a~b\" is no pointer; after ~ expected 0 (for ~), 1 (for /) or 2 (for *)")]
    [InlineData("/a~", "\"/a~\" is no pointer; after ~ expected 0 (for ~), 1 (for /) or 2 (for *)")]
    public void What_is_no_pointer_is_refused(string place, string expected) =>
        Should.Throw<FormatException>(() => DocPointer.Parse(place)).Message.ShouldBe(expected);
}
