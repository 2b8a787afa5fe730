using GitIntent.Arv.GitHub;

namespace GitIntent.Arv.Tests.GitHub;

public sealed class HunksMapLines
{
    [Theory]
    [InlineData("@@ -1,2 +1,3 @@\n+new\n 1\n 2", "-,1,2,3,4")]
    [InlineData("@@ -2,2 +2 @@\n-2\n 3", "1,3,4,5,6")]
    [InlineData("@@ -1,0 +2,2 @@\n+a\n+b", "1,-,-,2,3")] // without context: after line 1
    [InlineData("@@ -2,2 +1,0 @@\n-2\n-3", "1,4,5,6,7")]
    [InlineData("@@ -1 +1 @@ void F()\n-1\n+one\n\\ No newline at end of file\n@@ -4,1 +4,2 @@\n 4\n+new", "-,2,3,4,-,5")]
    [InlineData("@@ -0,0 +1,2 @@\n+1\n+2", "-,-")]
    public void A_line_leads_to_where_it_stood(string patch, string old)
    {
        var map = HunkMap.Read(patch).ShouldNotBeNull();

        string.Join(',', Enumerable.Range(1, old.Split(',').Length).Select(line => map.ToOld(line)?.ToString() ?? "-")).ShouldBe(old);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no difference")]
    [InlineData("@@ -1,5 +1,5 @@\n 1\n 2")]
    [InlineData("@@ -1,1 +1,1 @@\n 1\n 2")]
    public void What_does_not_add_up_is_none(string patch) => HunkMap.Read(patch).ShouldBeNull();
}
