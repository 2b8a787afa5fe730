using System.Collections.Immutable;
using System.Text;
using GitIntent.Arv.Companion;
using GitIntent.Arv.Processes;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Companion;

public sealed class CompanionProcesses : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_lies_beside_the_command_and_does_one_of_its_jobs()
    {
        var answer = await CompanionProcess.BesideTheCommand(TimeProvider.System).RunAsync("nothing", Job(Environment()), CancellationToken.None);

        answer.Fault.ShouldBeNull();
        (answer.Result.End, answer.Result.Code).ShouldBe((CommandEnd.Exited, 20));
        Encoding.UTF8.GetString(answer.Result.Tail.Span).ShouldContain("expected one of judge");
    }

    [Fact]
    public async Task One_that_is_not_there_is_no_answer()
    {
        var answer = await new CompanionProcess(_folder.Path, TimeProvider.System).RunAsync(CompanionProcess.Judge, Job(Environment()), CancellationToken.None);

        answer.Fault.ShouldNotBeNull().ShouldContain("the companion is not there: ");
    }

    [Fact]
    public void Without_a_dotnet_the_reason_names_where_it_was_looked_for()
    {
        var tool = DotnetHost.Find(ImmutableDictionary<string, string>.Empty.Add("PATH", _folder.Path).Add("DOTNET_ROOT", _folder.Path), usual: []);

        tool.Path.ShouldBeNull();
        tool.Fault.ShouldBe("there is no dotnet: neither DOTNET_HOST_PATH nor DOTNET_ROOT nor PATH leads to one; install .NET 10, or name its folder in DOTNET_ROOT");
    }

    [LinuxFact]
    public void The_variables_come_before_the_path_and_the_path_before_the_usual_folders()
    {
        foreach (var path in new[] { "a/host", "b/dotnet", "c/dotnet", "d/dotnet" })
        {
            _folder.Write(path);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(_folder.At(path), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        var environment = ImmutableDictionary<string, string>.Empty;

        Found().ShouldBe("d/dotnet");
        environment = environment.Add("PATH", $"relative:{_folder.At("c")}");
        Found().ShouldBe("c/dotnet");
        environment = environment.Add("DOTNET_ROOT", _folder.At("b"));
        Found().ShouldBe("b/dotnet");
        environment = environment.Add("DOTNET_HOST_PATH", _folder.At("a/host"));
        Found().ShouldBe("a/host");
        environment = environment.SetItem("DOTNET_HOST_PATH", _folder.At("gone"));
        Found().ShouldBe("b/dotnet");

        string Found() => Path.GetRelativePath(_folder.Path, DotnetHost.Find(environment, [_folder.At("d")]).Path!);
    }

    private CompanionJob Job(ImmutableDictionary<string, string> environment) => new()
    {
        Request = "{}"u8.ToArray(),
        Environment = environment,
        WorkingFolder = _folder.Path,
        Timeout = TimeSpan.FromMinutes(1),
    };

    private static ImmutableDictionary<string, string> Environment() =>
        System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToImmutableDictionary(static e => (string)e.Key, static e => (string?)e.Value ?? "");
}
