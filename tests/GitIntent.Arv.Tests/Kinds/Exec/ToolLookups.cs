using GitIntent.Arv.Processes;
using LinuxFactAttribute = GitIntent.Arv.Tests.Support.LinuxFactAttribute;
using TempFolder = GitIntent.Arv.Tests.Support.TempFolder;

namespace GitIntent.Arv.Tests.Kinds.Exec;

public sealed class ToolLookups : IDisposable
{
    private readonly TempFolder _folder = new();

    [LinuxFact]
    public void The_first_executable_in_PATH_is_taken()
    {
        _folder.Write("a/tool", "not executable");
        Directory.CreateDirectory(_folder.At("b/tool"));
        var path = _folder.WriteExecutable("c/tool", "");
        _folder.WriteExecutable("d/tool", "");

        ToolLookup.Find("tool", "/", string.Join(':', "abcd".Select(name => _folder.At(name.ToString())))).ShouldBe(new Tool(path, null));
    }

    [LinuxFact]
    public void Relative_and_empty_entries_of_PATH_are_passed_over()
    {
        _folder.WriteExecutable("tool", "");

        ToolLookup.Find("tool", _folder.Path, ".::bin").ShouldBe(new Tool(null, "\"tool\" is not in PATH"));
        ToolLookup.Find("tool", _folder.Path, null).ShouldBe(new Tool(null, "\"tool\" is not in PATH"));
    }

    [LinuxFact]
    public void A_name_with_a_slash_is_looked_for_in_the_working_folder_only()
    {
        var path = _folder.WriteExecutable("bin/tool", "");

        ToolLookup.Find("bin/tool", _folder.Path, "/usr/bin").ShouldBe(new Tool(path, null));
        ToolLookup.Find("./sh", _folder.Path, "/usr/bin:/bin").Path.ShouldBeNull();
    }

    public void Dispose() => _folder.Dispose();
}
