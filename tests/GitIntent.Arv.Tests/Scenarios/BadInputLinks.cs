using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Scenarios;

/// <summary><c>for_each</c> makes a check of each path: one that it does not see would not be judged, and pass.</summary>
public sealed class BadInputLinks
{
    [Theory]
    [InlineData("connectors/*/", "{path}/good.txt")]
    [InlineData("connectors/*/", "{path}/*.txt")]
    public async Task A_link_to_a_folder_is_judged_as_a_folder_of_its_own(string path, string include)
    {
        using var repository = Connectors(path, include);
        (await Tool.RunAsync(repository.Path, "run-all")).ShouldSay(0, "passed");

        repository.Write("elsewhere/good.txt", "bad\n").Link("connectors/b", "../elsewhere");
        (await Tool.RunAsync(repository.Path, "run-all")).ShouldSay(1, "connectors/b/good.txt:1:1: error ABC001");
    }

    [Theory]
    [InlineData("nowhere", "dangling link")]
    [InlineData("/etc", "link out of the repository")]
    [InlineData("b", "dangling link")]
    public async Task A_link_that_leads_nowhere_or_out_is_refused_where_a_folder_could_be(string target, string reason)
    {
        using var repository = Connectors("connectors/*/", "{path}/good.txt");
        repository.Link("connectors/b", target);
        (await Tool.RunAsync(repository.Path, "run-all")).ShouldSay(3, $"could not look at connectors/b ({reason})");
    }

    [Fact]
    public async Task A_link_to_a_file_is_judged_as_a_file_of_its_own()
    {
        using var repository = Connectors("connectors/*.txt", "{path}");
        repository.Write("connectors/a.txt", "good\n");
        (await Tool.RunAsync(repository.Path, "run-all")).ShouldSay(0, "passed");

        repository.Write("elsewhere/x", "bad\n").Link("connectors/b.txt", "../elsewhere/x");
        (await Tool.RunAsync(repository.Path, "run-all")).ShouldSay(1, "connectors/b.txt:1:1: error ABC001");

        File.Delete(repository.At("elsewhere/x"));
        (await Tool.RunAsync(repository.Path, "run-all")).ShouldSay(3, "could not look at connectors/b.txt (dangling link)");
    }

    private static TempFolder Connectors(string path, string include)
    {
        var folder = new TempFolder();
        folder.Write("connectors/a/good.txt", "good\n");
        folder.Write("arv.yml", $$"""
            version: 1
            gates:
              connectors:
                for_each: { path: "{{path}}" }
                checks:
                  words: { include: ["{{include}}"], text: { ABC001: { forbid: bad, message: A bad word } } }
            """);
        return folder;
    }
}
