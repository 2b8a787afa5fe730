using System.Reflection;
using System.Text.Json;
using GitIntent.Arv.Companion.Judging;

namespace GitIntent.Arv.Companion.Judge;

/// <summary>Works on a subject's data until it is killed. The assembly was judged to be one by the companion that started this one.</summary>
internal sealed class CrashJob : ICompanionJob
{
    public string Name => CompanionProcess.Crash;

    public async Task<int> RunAsync(Stream request, AnswerFile answer)
    {
        var asked = (await JsonSerializer.DeserializeAsync(request, JudgeJson.Default.CrashRequest).ConfigureAwait(false))!;
        var context = new SubjectLoadContext(asked.Assembly);
        var here = context.LoadFromAssemblyPath(typeof(CrashJob).Assembly.Location);
        var run = here.GetType(typeof(CrashRun).FullName!)!.GetMethod(nameof(CrashRun.RunAsync), BindingFlags.Public | BindingFlags.Static)!
            .CreateDelegate<Func<string, string, string, Task<int>>>();
        return await run(asked.Assembly, asked.Type, asked.Job).ConfigureAwait(false);
    }
}
