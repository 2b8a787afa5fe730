using System.Collections.Immutable;
using System.Text.Json;
using GitIntent.Arv.Companion;
using GitIntent.Arv.Companion.Judging;
using GitIntent.Arv.Processes;
using GitIntent.Arv.Scope;

namespace GitIntent.Arv.Kinds.Reliability.Assemblies;

/// <summary>Has an assembly judged by companion processes: another one for what is left, as often as one dies.</summary>
/// <param name="limit">How long the construction of a subject, and each check, may take.</param>
internal sealed class AssemblySession(CompanionProcess process, RunScope scope, string root, TimeSpan limit)
{
    /// <summary>A process ends itself at the limit; one that does not even do that (it was stopped, say) is ended this long after it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CommandText _text = new(scope.Redactor);

    public async Task<AssemblyJudgement> RunAsync(string assembly, ImmutableArray<string> checks, int seed, CancellationToken stop)
    {
        var judged = new AssemblyJudgement(limit);
        var location = Directory.CreateTempSubdirectory("arv-subjects-").FullName;
        try
        {
            while (true)
            {
                var answer = await process.RunAsync(CompanionProcess.Judge, Job(new JudgeRequest
                {
                    Assembly = assembly,
                    Location = location,
                    Packages = Packages(),
                    Checks = [.. checks],
                    Seed = seed,
                    LimitMs = (int)Math.Min(limit.TotalMilliseconds, int.MaxValue),
                    Done = [.. judged.Ends.Keys],
                    Unfit = [.. judged.Unfit.Keys],
                }), stop).ConfigureAwait(false);
                if (judged.Take(answer, _text))
                    return judged;
            }
        }
        finally
        {
            Forget(location);
        }
    }

    private CompanionJob Job(JudgeRequest request) => new()
    {
        Request = JsonSerializer.SerializeToUtf8Bytes(request, JudgeJson.Default.JudgeRequest),
        Environment = scope.Environment,
        WorkingFolder = root,
        Timeout = TimeSpan.FromDays(1), // each of its checks has its own limit
        Silence = limit + Patience,
        Packages = Packages(),
    };

    /// <summary>As NuGet looks it up. A library's build copies none of its packages; its .deps.json says where in here they are.</summary>
    private string? Packages()
    {
        var folder = Variable("NUGET_PACKAGES") ?? ((Variable("HOME") ?? Variable("USERPROFILE")) is { } home ? Path.Combine(home, ".nuget", "packages") : null);
        return Path.IsPathFullyQualified(folder ?? "") && Directory.Exists(folder) ? folder : null;

        string? Variable(string name) => scope.Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
    }

    private static void Forget(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What a subject left among the system's temporary files changes no verdict.
        }
    }
}
