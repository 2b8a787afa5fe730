using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Tests.Documents;

public class TomlReaderTests
{
    [Theory]
    [InlineData("a = 1\nb = 'x'\nc.d = true\nc.\"e f\" = 1.5", "{a:1,b:\"x\",c:{d:true,e f:1.5}}")]
    [InlineData("[a]\nx = 1\n[a.b]\ny = 2\n[c.d]\n", "{a:{x:1,b:{y:2}},c:{d:{}}}")]
    [InlineData("[[p]]\nn = 1\n[p.q]\nr = 1\n[[p]]\nn = 2\n[[p.s]]\nt = 3", "{p:[{n:1,q:{r:1}},{n:2,s:[{t:3}]}]}")]
    [InlineData("a = [1, {b = 2, c.d = 3}, [\n  'x', # c\n]]", "{a:[1,{b:2,c:{d:3}},[\"x\"]]}")]
    [InlineData("d = 1979-05-27T07:32:00Z\nt = 07:32:00", "{d:\"1979-05-27T07:32:00Z\",t:\"07:32:00\"}")]
    [InlineData("a = 1_000\nb = 0xFF\nc = inf\nd = -nan\ne = 6.02e+23", "{a:1000,b:0xFF,c:inf,d:-nan,e:6.02e+23}")]
    [InlineData("a = \"\"\"\nx\\u00e9\"\"\"", "{a:\"xé\"}")]
    [InlineData("", "{}")]
    [InlineData("__proto__ = 1", "{__proto__:1}")]
    public void Tables_keys_and_values_make_one_tree(string toml, string expected) => Docs.Show(Docs.Read("a.toml", toml)).ShouldBe(expected);

    [Fact]
    public void Places_are_those_of_the_file()
    {
        var map = (DocMap)Docs.Read("a.toml", "# c\r\n[a]\r\n\"😀\" = \"é\"\r\nb.c = [1]\r\n");
        var a = (DocMap)map["a"]!;
        (map.Entries[0].KeyStart, map.Entries[0].KeyEnd).ShouldBe((new Mark(2, 2), new Mark(2, 3)));
        (a.Entries[0].KeyStart, a.Entries[0].KeyEnd).ShouldBe((new Mark(3, 1), new Mark(3, 5)));
        Docs.Place(a["😀"]!).ShouldBe("3:8-3:11");
        Docs.Place(((DocMap)a["b"]!)["c"]!).ShouldBe("4:7-4:10");
    }

    [Theory]
    [InlineData("a = 1\na = 2", "2:1: the key \"a\" is given twice; the first is at line 1, column 1")]
    [InlineData("[a]\nb = 1\n[a]", "3:1: the key \"a\" is given twice; the first is at line 1, column 1")]
    [InlineData("a = {b = 1, b = 2}", "1:13: the key \"a.b\" is given twice; the first is at line 1, column 6")]
    [InlineData("a = {b = 1}\na.c = 2", "2:1: the key \"a\" is given twice; the first is at line 1, column 1")]
    [InlineData("a = 1\n[[a]]", "2:1: the key \"a\" is given twice; the first is at line 1, column 1")]
    [InlineData("a = [1]\n[[a]]\nb = 1", "2:1: the key \"a\" is given twice; the first is at line 1, column 1")]
    public void A_key_given_twice_is_refused_at_its_place(string toml, string expected) => Docs.Refusal(() => Docs.Read("a.toml", toml)).ShouldBe(expected);

    [Theory]
    [InlineData("a = ")]
    [InlineData("a")]
    [InlineData("[a")]
    [InlineData("a = 'x")]
    [InlineData("a = 01")]
    [InlineData("a = [1, 2")]
    [InlineData("a = {b = 1")]
    [InlineData("a = 1 b = 2")]
    [InlineData("a = 2024-13-45")]
    [InlineData("= 1")]
    [InlineData("[]")]
    [InlineData("a. = 1")]
    [InlineData("a = \0")]
    public void What_is_no_TOML_is_one_error(string toml) => Docs.Refusal(() => Docs.Read("a.toml", toml)).ShouldContain("not valid TOML: ");

    [Fact]
    public void Deep_nesting_is_one_error()
    {
        Docs.Refusal(() => Docs.Read("a.toml", "a = " + new string('[', 10_000))).ShouldContain("more than 256 levels deep");
        Docs.Refusal(() => Docs.Read("a.toml", string.Join('.', Enumerable.Repeat("a", 10_000)) + " = 1")).ShouldContain("more than 256 levels deep");
        Docs.Refusal(() => Docs.Read("a.toml", "[" + string.Join('.', Enumerable.Repeat("a", 10_000)) + "]")).ShouldContain("more than 256 levels deep");
    }
}
