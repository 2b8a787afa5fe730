using System.Text;
using GitIntent.Arv.Model;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Tests.Tree;

public sealed class SourceTextTests
{
    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE", "utf-32", "utf-32BE"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_byte_order_mark_says_the_encoding_and_counts_nowhere(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var text = SourceText.Of((byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes("é😀\r\nb")]);
        text.Text.ShouldBe("é😀\nb");
        text.HasInvalidUtf8.ShouldBeFalse();
        text.HasNul.ShouldBeFalse();
        text.Span(0, 1).ShouldBe(new TextSpan(1, 1, 1, 2));
    }

    [Theory]
    [InlineData(new byte[] { 0x61, 0xFF, 0x62 })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00, 0x00, 0xD8 })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61 })]
    public void What_is_no_text_is_replaced_and_said(byte[] bytes)
    {
        var text = SourceText.Of(bytes);
        text.HasInvalidUtf8.ShouldBeTrue();
        text.Text.ShouldContain("\uFFFD");
    }

    [Theory]
    [InlineData(new byte[] { 0x61, 0 }, true)]
    [InlineData(new byte[] { 0x61 }, false)]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00 }, false)]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x00, 0x01, 0x00, 0x00 }, true)]
    public void A_NUL_is_a_character_not_a_byte(byte[] bytes, bool expected) => SourceText.Of(bytes).HasNul.ShouldBe(expected);

    [Fact]
    public void Places_are_those_of_the_file()
    {
        var text = SourceText.Of(Encoding.UTF8.GetBytes("a\tb\r\n😀x\rz\n\nlast"));
        text.Text.ShouldBe("a\tb\n😀x\rz\n\nlast");
        text.Span(2, 3).ShouldBe(new TextSpan(1, 3, 1, 4));
        text.Span(3, 4).ShouldBe(new TextSpan(1, 4, 2, 1));
        text.Span(6, 7).ShouldBe(new TextSpan(2, 3, 2, 4));
        text.Span(8, 9).ShouldBe(new TextSpan(2, 5, 2, 6));
        text.Span(11, 15).ShouldBe(new TextSpan(4, 1, 4, 5));
        text.Span(15, 15).ShouldBe(new TextSpan(4, 5, 4, 5));
        text.LineAt(6).ToString().ShouldBe("😀x\rz");
        text.LineAt(10).ToString().ShouldBe("");
        text.LineAt(15).ToString().ShouldBe("last");
    }

    [Fact]
    public void An_empty_file_has_one_place()
    {
        var text = SourceText.Of(ReadOnlyMemory<byte>.Empty);
        text.Text.ShouldBeEmpty();
        text.Span(0, 0).ShouldBe(TextSpan.Start);
        text.LineAt(0).Length.ShouldBe(0);
    }
}
