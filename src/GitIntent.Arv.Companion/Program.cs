using GitIntent.Arv.Companion;
using GitIntent.Arv.Companion.Judge;
using GitIntent.Arv.Companion.Publish;

// arv-companion JOB ANSWERFILE < REQUEST
ICompanionJob[] jobs = [new JudgeJob(), new CrashJob(), new PublishJob(TimeProvider.System, Environment.GetEnvironmentVariable)];

if (args is not [var name, var path] || jobs.FirstOrDefault(j => j.Name == name) is not { } job)
{
    await Console.Error.WriteLineAsync($"arv-companion: expected one of {string.Join(", ", jobs.Select(static j => j.Name))}, and a file for the answer; found {string.Join(' ', args)}").ConfigureAwait(false);
    return 20;
}
using var answer = new AnswerFile(path);
await using var request = Console.OpenStandardInput();
return await job.RunAsync(request, answer).ConfigureAwait(false);
