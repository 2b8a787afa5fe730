using GitIntent.Arv.Kinds.Exec;
using GitIntent.Arv.Scope;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Kinds.Exec;

/// <summary>What a run keeps of its commands' output, once it has ended.</summary>
public sealed class KeptOutputs : IDisposable
{
    private const string Secret = "s3cret-value";

    private readonly TempFolder _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void A_secret_is_masked_in_each_command_s_output() =>
        (Kept("a\n" + Secret + "\n", "001-a-1/stderr.txt"), Kept($"x{Secret}", "002-b-1/stdout.txt")).ShouldBe(("a\n***\n", "x***"));

    [Fact]
    public void Output_without_a_secret_keeps_its_bytes()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, 0xFF, (byte)'\r', (byte)'\n', 0, (byte)'a'];
        _run.Write("001-a-1/stdout.txt", bytes);

        KeptOutput.Redact(_run.Path, new Redactor([Secret]));

        File.ReadAllBytes(_run.At("001-a-1/stdout.txt")).ShouldBe(bytes);
    }

    [Theory]
    [InlineData((1 << 20) - 6)]
    [InlineData((1 << 20) + 3)]
    [InlineData((3 << 20) - 1)]
    public void A_secret_is_masked_wherever_a_long_output_is_cut(int before)
    {
        var lines = string.Concat(Enumerable.Repeat("0123456\n", before / 8));
        Kept(lines + Secret + "\nend\n").ShouldBe(lines + "***\nend\n");

        var line = new string('x', before);
        Kept(line + Secret + "\nend\n").ShouldBe(line + "***\nend\n");
    }

    [Fact]
    public void A_private_key_is_masked_where_a_long_output_is_cut()
    {
        var before = string.Concat(Enumerable.Repeat("0123456\n", (1 << 17) - 5));
        var key = "-----BEGIN PRIVATE KEY-----\n" + string.Concat(Enumerable.Repeat("MIIEvQIBADANBgkq\n", 40)) + "-----END PRIVATE KEY-----";

        Kept($"{before}{key}\n;end\n").ShouldBe($"{before}***;end\n");
    }

    [Fact]
    public void A_line_that_is_too_long_to_be_looked_at_is_not_kept() =>
        Kept($"first\n{new string('x', 17 << 20)}{Secret}\nlast {Secret}\n").ShouldBe("first\n(a line that is too long to be kept)\nlast ***\n");

    [LinuxFact]
    public void Neither_a_pipe_nor_a_link_that_a_command_put_there_is_followed()
    {
        var elsewhere = _run.Write("elsewhere/mine", Secret).At("elsewhere/mine");
        _run.Write("001-a-1/started", "").Link("001-a-1/stderr.txt", elsewhere);
        Run.Program("mkfifo", [_run.At("001-a-1/stdout.txt")], _run.Path);

        KeptOutput.Redact(_run.Path, new Redactor([Secret]));

        Directory.GetFiles(_run.At("001-a-1")).ShouldBe([_run.At("001-a-1/started")]);
        File.ReadAllText(elsewhere).ShouldBe(Secret);
    }

    private string Kept(string text, string path = "001-a-1/stdout.txt")
    {
        _run.Write(path, text);
        KeptOutput.Redact(_run.Path, new Redactor([Secret]));
        return File.ReadAllText(_run.At(path));
    }
}
