using System.Text;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Tests.Documents;

public class XmlDocumentReaderTests
{
    [Theory]
    [InlineData("<a/>", "{a:\"\"}")]
    [InlineData("<a>x &amp; <![CDATA[<y>]]></a>", "{a:\"x & <y>\"}")]
    [InlineData("<a b='1' c=\"2\"/>", "{a:{@b:\"1\",@c:\"2\"}}")]
    [InlineData("<a b='1'>t</a>", "{a:{@b:\"1\",#text:\"t\"}}")]
    [InlineData("<a>\n  <b>1</b>\n  <c/>\n  <b>2</b>\n</a>", "{a:{b:[\"1\",\"2\"],c:\"\"}}")]
    [InlineData("<x:a xmlns:x='urn:x' xmlns='urn:y' x:k='v'><b/></x:a>", "{a:{@k:\"v\",b:\"\"}}")]
    [InlineData("<?xml version='1.0'?><!-- c --><a><?p i?><b><!-- c -->1</b></a>", "{a:{b:\"1\"}}")]
    public void Elements_are_maps_and_leaves_are_texts(string xml, string expected) => Docs.Show(Docs.Read("a.xml", xml)).ShouldBe(expected);

    [Fact]
    public void Places_are_those_of_the_file()
    {
        var root = (DocMap)Docs.Read("a.xml", "<r>\r\n  <é k=\"v\">\n <b>1</b></é>\n</r>");
        Docs.Place(root).ShouldBe("1:1-4:5");
        var e = (DocMap)((DocMap)root["r"]!)["é"]!;
        Docs.Place(e).ShouldBe("2:3-3:14");
        Docs.Place(e["@k"]!).ShouldBe("2:6-2:7");
        Docs.Place(e["b"]!).ShouldBe("3:2-3:10");
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "1:1: not valid XML: a DTD (<!DOCTYPE …>) is not read")]
    [InlineData("<a>\n<b></a>", "2:6: not valid XML: ")]
    [InlineData("", "1:1: not valid XML: ")]
    [InlineData("<a/><b/>", "1:6: not valid XML: ")]
    [InlineData("<a>&x;</a>", "1:5: not valid XML: ")]
    [InlineData("<a k='1' k='2'/>", "1:10: not valid XML: ")]
    [InlineData("<a xmlns:x='u' k='1' x:k='2'/>", "1:22: the key \"@k\" is given twice; the first is at line 1, column 16")]
    [InlineData("<a><b/>", "1:8: not valid XML: ")]
    [InlineData("x", "1:1: not valid XML: ")]
    public void What_is_refused_is_named_at_its_place(string xml, string expected) => Docs.Refusal(() => Docs.Read("a.xml", xml)).ShouldStartWith(expected);

    [Fact]
    public void Ten_thousand_levels_are_one_error() =>
        Docs.Refusal(() => Docs.Read("a.xml", string.Concat(Enumerable.Repeat("<a>", 10_000)))).ShouldContain("more than 256 levels deep");

    [Fact]
    public void The_declared_encoding_is_used()
    {
        var bytes = Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>");
        Docs.Show(DocumentReader.Read("a.xml", bytes, DocumentFormat.Xml, DocumentLimits.Default)).ShouldBe("{a:\"é\"}");
        Docs.Refusal(() => DocumentReader.Read("a.xml", new byte[] { (byte)'<', (byte)'a', (byte)'>', 0xFF, (byte)'<' }, DocumentFormat.Xml, DocumentLimits.Default)).ShouldContain("not valid XML");
    }
}
