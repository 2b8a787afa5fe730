namespace GitIntent.Arv.Tests.Support;

internal static class ToolAssertions
{
    public static void ShouldSay(this Tool.Result result, int exitCode, string text)
    {
        var said = $"exit {result.ExitCode}\n{result.Out}{result.Error}";
        said.ShouldContain(text);
        result.ExitCode.ShouldBe(exitCode, said);
    }
}
