namespace GitIntent.Reliability.Tests.Conformance;

/// <summary>Stores that work otherwise than ours and keep every promise: the suite has no business failing them.</summary>
public sealed class CorrectButDifferent
{
    public static TheoryData<string> Ids => SuiteOnCorrectSubjects.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task One_coarse_lock_around_lists_passes(string id)
    {
        for (var seed = 1; seed <= SuiteOnCorrectSubjects.Seeds(8); seed++)
            await SuiteOnCorrectSubjects.PassesAsync(new Faulty.FaultySubject("one coarse lock"), id, seed);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_store_that_always_answers_later_passes(string id)
    {
        for (var seed = 1; seed <= SuiteOnCorrectSubjects.Seeds(8); seed++)
            await SuiteOnCorrectSubjects.PassesAsync(new Faulty.FaultySubject("answers later") { Later = true }, id, seed);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Compare_and_set_without_any_lock_passes(string id)
    {
        for (var seed = 1; seed <= SuiteOnCorrectSubjects.Seeds(8); seed++)
            await SuiteOnCorrectSubjects.PassesAsync(CompareAndSet.CasSubject.CompareAndSet, id, seed);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_loop_with_timers_of_its_own_passes(string id)
    {
        for (var seed = 1; seed <= SuiteOnCorrectSubjects.Seeds(4); seed++)
            await SuiteOnCorrectSubjects.PassesAsync(CompareAndSet.CasSubject.Actor, id, seed);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_store_that_keeps_others_out_across_its_awaits_passes(string id)
    {
        for (var seed = 1; seed <= SuiteOnCorrectSubjects.Seeds(4); seed++)
            await SuiteOnCorrectSubjects.PassesAsync(CompareAndSet.CasSubject.Queued, id, seed);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task SQLite_passes(string id)
    {
        var folder = Directory.CreateTempSubdirectory("conf");
        try
        {
            for (var seed = 1; seed <= SuiteOnCorrectSubjects.Seeds(2); seed++)
            {
                using var subject = new GitIntent.Arv.Kinds.Reliability.SqliteSubject(Path.Combine(folder.FullName, "state.db"));
                await SuiteOnCorrectSubjects.PassesAsync(subject, id, seed);
            }

            folder.GetFileSystemInfos().ShouldBeEmpty();
        }
        finally
        {
            folder.Delete(true);
        }
    }
}
