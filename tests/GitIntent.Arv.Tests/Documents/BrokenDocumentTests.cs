using System.Text;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Tests.Documents;

/// <summary>Whatever the bytes: a document, or a refusal at a place of it; never another exception.</summary>
public class BrokenDocumentTests
{
    private const string Yaml = "%YAML 1.2\n---\na: &x [1, 'é', \"b\\n\", {c: ~}]\nd:\n  - |-\n    e\n  - >\n    f\n  - *x\n? g\n: !!str h\n<<: {i: j}\n# k\n...\n---\nl: \"😀\"\n";
    private const string Json = "{\"a\": [1.5e-3, true, null, \"b\\u00e9\\n😀\"], // c\n \"d\": {\"e\": {}, /* f */ }}";
    private const string Toml = "a = 1_0 # c\n[b.\"c\"]\nd = [1.5, 'e', \"\"\"\nf\\u00e9\"\"\", {g = 1979-05-27, h.i = inf}]\n[[j]]\nk = true\n[[j]]\nk = 0xF\n[j.l]\nm = '''😀'''\n";
    private const string Xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- a --><b xmlns:c=\"d\" c:e=\"f\"><g/><g>&lt;&#xe9;</g><![CDATA[h]]><?i j?>😀</b>\n";

    [Theory]
    [InlineData("a.yml", Yaml)]
    [InlineData("a.jsonc", Json)]
    [InlineData("a.toml", Toml)]
    [InlineData("a.xml", Xml)]
    public void A_damaged_document_is_read_or_refused_at_a_place(string path, string text)
    {
        var limits = new DocumentLimits(10_000, 20, 1_000) { MergeKeys = true };
        var format = DocumentReader.FormatOf(path)!.Value;
        var whole = Encoding.UTF8.GetBytes(text);
        DocumentReader.ReadAll(path, whole, format, limits).ShouldNotBeEmpty();
        var random = new Random(20_260_101);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 4_000; i++)
        {
            var bytes = Damage(whole, random);
            try
            {
                DocumentReader.ReadAll(path, bytes, format, limits).ShouldNotBeEmpty();
                read++;
            }
            catch (DocumentException e)
            {
                e.Mark.Line.ShouldBeInRange(1, bytes.Count(static b => b is (byte)'\n' or (byte)'\r') + 2);
                e.Mark.Column.ShouldBeGreaterThan(0);
                refused++;
            }
        }
        read.ShouldBeGreaterThan(0);
        refused.ShouldBeGreaterThan(0);
    }

    private static byte[] Damage(byte[] whole, Random random)
    {
        var bytes = whole.ToList();
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 8), bytes.Count - at - 1));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.Insert(at, whole[random.Next(whole.Length)]);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)));
                    break;
            }
        }
        return [.. bytes];
    }
}
