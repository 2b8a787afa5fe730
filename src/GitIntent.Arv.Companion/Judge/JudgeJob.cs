using System.Reflection;
using System.Text.Json;
using GitIntent.Arv.Companion.Judging;

namespace GitIntent.Arv.Companion.Judge;

/// <summary>
/// Judges the subjects of an assembly. It is loaded into a context of its own, together with this companion and the contract, so that all of them
/// see the same version of what they share; here there is only what starts that.
/// </summary>
internal sealed class JudgeJob : ICompanionJob
{
    public string Name => CompanionProcess.Judge;

    public async Task<int> RunAsync(Stream request, AnswerFile answer)
    {
        var asked = (await JsonSerializer.DeserializeAsync(request, JudgeJson.Default.JudgeRequest).ConfigureAwait(false))!;
        if (AssemblyForm.Obstacle(asked.Assembly) is { } obstacle)
        {
            answer.Write(new JudgeLine { Event = JudgeLine.Refused, Reason = obstacle }, JudgeJson.Default.JudgeLine);
            return 0;
        }
        var context = new SubjectLoadContext(asked.Assembly);
        var here = context.LoadFromAssemblyPath(typeof(JudgeJob).Assembly.Location);
        var run = here.GetType(typeof(JudgeRun).FullName!)!.GetMethod(nameof(JudgeRun.RunAsync), BindingFlags.Public | BindingFlags.Static)!
            .CreateDelegate<Func<string, string, Task>>();
        await run(JsonSerializer.Serialize(asked, JudgeJson.Default.JudgeRequest), answer.Path).ConfigureAwait(false);
        return 0;
    }
}
