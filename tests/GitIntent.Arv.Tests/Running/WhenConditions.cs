using GitIntent.Arv.Tests.Support;

namespace GitIntent.Arv.Tests.Running;

/// <summary><c>when</c>, with <c>for_each</c> and without.</summary>
public sealed class WhenConditions
{
    [Fact]
    public async Task Of_a_list_all_must_hold()
    {
        using var repository = Repository("when: [{ exists: a.txt }, { exists: b.txt, missing: c.txt }], files: { forbid: [bad] }");
        repository.Write("bad").Write("a.txt");
        (await Judge(repository)).ShouldSay(3, "nothing here is b.txt");

        repository.Write("b.txt");
        (await Judge(repository)).ShouldSay(1, "bad:1:1");

        repository.Write("c.txt");
        (await Judge(repository)).ShouldSay(3, "c.txt is there");
    }

    [Fact]
    public async Task Where_for_each_finds_nothing_a_condition_that_does_not_hold_skips_and_one_that_holds_excuses_nothing()
    {
        using var repository = Repository("for_each: { path: parts/*/ }, when: { exists: parts.json }, files: { require: [\"{path}/a\"] }");
        (await Judge(repository)).ShouldSay(3, "skipped  gate  nothing here is parts.json");

        repository.Write("parts.json");
        (await Judge(repository)).ShouldSay(3, "refused  gate  for_each: parts/*/ matches no folder");
    }

    [Fact]
    public async Task Where_for_each_finds_nothing_nothing_is_in_its_path()
    {
        using var repository = Repository("for_each: { path: parts/*/ }, when: { exists: \"{path}/a\" }, files: { require: [\"{path}/b\"] }");
        (await Judge(repository)).ShouldSay(3, "skipped  gate  for_each: parts/*/ matches no folder");

        repository.Write("parts/one/a");
        (await Judge(repository)).ShouldSay(1, "parts/one/b");
    }

    [Fact]
    public async Task What_must_be_missing_excuses_no_empty_for_each()
    {
        using var repository = Repository("for_each: { path: parts/*/ }, when: { missing: \"{path}/receipt\" }, files: { require: [\"{path}/b\"] }");
        (await Judge(repository)).ShouldSay(3, "refused  gate  for_each: parts/*/ matches no folder");
    }

    [Fact]
    public async Task A_name_that_does_not_fit_is_no_finding_where_the_check_is_not_asked()
    {
        using var repository = Repository("for_each: { path: parts/*/, as: \"(?<id>[a-z]+)\" }, when: { exists: [parts.json, \"{path}/{id}.json\"] }, files: { require: [\"{path}/b\"] }");
        repository.Write("parts/1/b");
        (await Judge(repository)).ShouldSay(1, "ARV0101");

        repository.Write("arv.yml", File.ReadAllText(repository.At("arv.yml")).Replace(", \"{path}/{id}.json\"", "", StringComparison.Ordinal));
        (await Judge(repository)).ShouldSay(3, "nothing here is parts.json");
    }

    private static TempFolder Repository(string check) =>
        new TempFolder().Write("arv.yml", $"version: 1\ngates: {{ gate: {{ checks: {{ it: {{ {check} }} }} }} }}\n");

    private static Task<Tool.Result> Judge(TempFolder repository) => Tool.RunAsync(repository.Path, "run-all");
}
