using System.Diagnostics;
using GitIntent.Arv.Cli;
using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Cli;

/// <summary>A run that a program started does not outlive it.</summary>
public sealed class ParentsThatEnd
{
    private const string Waits = """
        version: 1
        gates:
          slow: { checks: { waits: { exec: { run: [sh, -c, "touch started; exec sleep 600"] } } } }

        """;

    [Fact]
    public async Task The_run_ends_with_it_and_so_does_its_command()
    {
        using var tree = new TempFolder().Write("arv.yml", Waits);
        Action? end = null;
        var run = Tool.RunAsync(tree.Path, c => c with
        {
            Environment = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! },
            OnProcessEnd = (id, ended) =>
            {
                id.ShouldBe(4242);
                end = ended;
                return Nothing;
            },
        }, "run-all", "--parent", "4242");
        await Started(tree);

        end!();

        (await run).ShouldSay(143, "the program that started this run has ended");
    }

    [Fact]
    public async Task Its_end_is_noticed_and_one_that_is_gone_already_too()
    {
        var ended = new TaskCompletionSource();
        using var parent = Process.Start(new ProcessStartInfo("sleep", ["600"]))!;
        using (ParentProcess.Watch(parent.Id, ended.SetResult))
        {
            ended.Task.IsCompleted.ShouldBeFalse();
            parent.Kill();
            await ended.Task.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);
        }
        await parent.WaitForExitAsync();

        var gone = false;
        using (ParentProcess.Watch(parent.Id, () => gone = true))
            gone.ShouldBeTrue();
    }

    private static readonly IDisposable Nothing = new MemoryStream();

    private static async Task Started(TempFolder tree)
    {
        using var watcher = new FileSystemWatcher(tree.Path, "started");
        var made = new TaskCompletionSource();
        watcher.Created += (_, _) => made.TrySetResult();
        watcher.EnableRaisingEvents = true;
        if (!File.Exists(tree.At("started")))
            await made.Task.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);
    }
}
