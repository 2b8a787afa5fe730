using System.Text.Json;
using GitIntent.Reliability.Conformance.Scenes;

namespace GitIntent.Reliability.Conformance.Checks;

/// <summary>What is the same operation, and what is not; as keys say it, and as a store keeps it.</summary>
internal static class IdempotencyKeyGeneration
{
    public static ConformanceCheck Check { get; } = new("idempotency-key-generation", "Idempotency key generation",
    [
        new("same-operation-same-key", "The same run, step, operation and input are the same key, in whatever order the input's names stand.", SameKey),
        new("key-form", "A key has a version, is readable, and is the same in every process and on every machine.", Form),
        new("parts-cannot-imitate", "No value of run, step or operation can imitate another's: each has a record of its own.", PartsApart),
        new("input-counts", "Another input is another hash, however deep, late or small the difference is.", InputCounts),
        new("input-refused", "An input without one meaning is refused: a name that occurs twice, no JSON at all.", InputRefused),
        new("mismatch-pending", "The same key with another input is an error that says so, while the operation is under way.", s => Mismatch(s, null)),
        new("mismatch-completed", "The same key with another input is an error that says so, and not the other input's result, once it completed.", s => Mismatch(s, true)),
        new("mismatch-failed", "The same key with another input is an error that says so, once it failed, even where a repetition might run again.", s => Mismatch(s, false)),
        new("mismatch-repeated", "The same key with another input is an error that says so to the executor, too, when it repeats its begin.", MismatchRepeated),
        new("expired-input-forgotten", "When a record has expired its input counts no more: the operation may begin with another.", ExpiredInput) { OwnClockScenario = OwnClockRecords.ExpiredInput },
        new("hash-kept", "The record keeps the hash of the input that the operation was begun with.", HashKept),
        new("tenants-operations-apart", "The tenant is part of the key: no tenant's operation stands in the way of, shows or ends another's.", TenantsApart),
    ]);

    private static IdempotencyKey Key(string json, string operation = "charge") => IdempotencyKey.Create("run-1", "step-1", operation, Json(json));

    private static JsonElement Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static async Task SameKey(Scene s)
    {
        var (first, second) = (Key("""{"a":1,"b":{"c":[1,2],"d":null}}"""), Key(""" { "b" : { "d":null, "c":[1, 2] }, "a": 1.0 } """));
        s.Same(second.Value, first.Value, "The key of the same operation");
        var a = await s.RecordsAsync("A");
        var mine = await a.StartAsync(first);
        s.Same((await a.InTheWayAsync(second, "which it has begun already")).Fence, mine.Fence, "The fence of the record in the way");
    }

    private static async Task Form(Scene s)
    {
        await s.RecordsAsync("A");
        s.Same(IdempotencyKey.Create("r:1", "s%", "op").Value, "idem:v1:r%3A1:s%25:op:74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b", "The key of r:1, s%, op and no input");
    }

    private static async Task PartsApart(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B", "2"));
        string longPart = new('x', 511);
        (string Run, string Step, string Operation)[] parts =
        [
            ("a", "b", "c"), ("a:b", "c", "d"), ("a", "b:c", "d"), ("a", "b", "c:d"), ("a/b", "c", "d"), ("a", "b/c", "d"), ("a%3Ab", "c", "d"), ("a%253Ab", "c", "d"),
            ("a|b", "c", "d"), ("a", "b|c", "d"), ("a\u00A0b", "c", "d"), ("A", "b", "c"), ("a", "B", "c"), ("a", "b", "C"), ("a ", "b", "c"), ("b", "a", "c"), ("c", "b", "a"),
            .. Separators.All.SelectMany(static x => new[] { ($"a{x}b", "c", "e"), ("a", $"b{x}c", "e"), ("a", "b", $"c{x}e") }),
            ("é", "b", "c"), ("e\u0301", "b", "c"), (longPart + "1", "b", "c"), (longPart + "2", "b", "c"), ("a", longPart + "1", "c"), ("a", longPart + "2", "c"), ("ab", "c", "d"), ("a", "bc", "d"), ("a", "b", "cd"),
        ];
        var begun = new List<IdempotencyExecution>();
        foreach (var (run, step, operation) in parts)
            begun.Add(await a.StartAsync(IdempotencyKey.Create(run, step, operation)));
        for (var i = 0; i < parts.Length; i++)
        {
            var record = await b.GetAsync(begun[i].Key);
            s.Same((record?.RunId, record?.StepId, record?.Operation, record?.Fence), (parts[i].Run, parts[i].Step, parts[i].Operation, begun[i].Fence), "The record of an operation");
        }

        s.Same((await b.ListAsync("a")).Count, parts.Count(static p => p.Run == "a"), "How many operations run a has");
    }

    private static async Task InputCounts(Scene s)
    {
        string[] inputs =
        [
            "null", "true", "false", "0", "1", "\"\"", "\"1\"", "[]", "{}", "[1,2]", "[2,1]", "[[1],2]", "{\"a\":1}", "{\"a\":2}", "{\"a\":null}", "{\"b\":1}", "{\"a\":{\"b\":{\"c\":1}}}", "{\"a\":{\"b\":{\"c\":2}}}",
            "{\"a\":{\"b\":1,\"c\":2}}", "{\"a\":{\"b\":1},\"c\":2}", "[{\"a\":1},{\"b\":2}]", "[{\"a\":1,\"b\":2}]", "9007199254740993", "9007199254740992", "-1", "0.1", "1e300", "\"a b\"", "\"ab\"", "\"é\"", "\"e\\u0301\"",
        ];
        var a = await s.RecordsAsync("A");
        await a.StartAsync(Key("\"the first\""));
        foreach (var input in inputs)
            s.Holds(await Refuses(a, Key(input)), $"The input {input} was taken for \"the first\".");
        s.Same(inputs.Select(static i => Key(i).InputHash).Distinct().Count(), inputs.Length, "How many different hashes different inputs have");
    }

    private static async Task InputRefused(Scene s)
    {
        await s.RecordsAsync("A");
        foreach (var json in new[] { """{"a":1,"a":2}""", """{"a":{"b":1,"b":1}}""", "1e999" })
            s.Holds(Throws(() => Key(json)), $"The input {json} was accepted.");
        s.Holds(Throws(() => IdempotencyKey.Create("run-1", "step-1", "op", default(JsonElement))), "An undefined input was accepted.");
        foreach (var id in new[] { "", " ", "a\0b", "\uD800", new string('x', 513) })
            s.Holds(Throws(() => IdempotencyKey.Create(id, "step-1", "op")), "An id that is empty, blank, too long or not well-formed was accepted.");

        static bool Throws(Func<object> make)
        {
            try
            {
                make();
                return false;
            }
            catch (GwiValidationException)
            {
                return true;
            }
        }
    }

    private static async Task Mismatch(Scene s, bool? completed)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B"));
        var mine = await a.StartAsync(Key("1"));
        if (completed == true)
            await a.CompleteAsync(mine, "\"done\"");
        else if (completed == false)
            await a.FailAsync(mine, new RetryableException("slow", ErrorCode.Timeout));
        var before = await a.GetAsync(mine.Key);
        s.Holds(await Refuses(b, Key("2")), "B began the operation with another input, or was told another input's outcome.");
        s.Same(await a.GetAsync(mine.Key), before, "The record after B was refused");
    }

    private static async Task MismatchRepeated(Scene s)
    {
        var a = await s.RecordsAsync("A");
        var options = new IdempotencyOptions { OwnerToken = OwnerToken.Create() };
        var mine = await a.StartAsync(Key("1"), options);
        var before = await a.GetAsync(mine.Key);
        s.Holds(await Refuses(a, Key("2"), options), "The executor's begin with another input was taken for a repetition.");
        s.Same(await a.GetAsync(mine.Key), before, "The record after that begin was refused");
        s.Same((await a.BeginAsync(Key("1"), options)).Started, true, "Whether the repetition with the same input is the same execution");
    }

    private static async Task ExpiredInput(Scene s)
    {
        var (a, b) = (await s.RecordsAsync("A"), await s.RecordsAsync("B"));
        await a.StartAsync(Key("1"));
        s.Advance(TimeSpan.FromSeconds(60));
        var second = await b.StartAsync(Key("2"));
        s.Same((await a.GetAsync(Key("2")))?.InputHash, Key("2").InputHash, "The hash of the input that the operation was begun with after its time was over");
        s.Holds(await b.CompleteAsync(second, "2", TimeSpan.FromSeconds(5)), "The executor could not complete.");
        s.Holds(await Refuses(a, Key("1")), "The input of before was taken for the one that completed.");
        s.Advance(TimeSpan.FromSeconds(5));
        await a.StartAsync(Key("3"));
    }

    private static async Task HashKept(Scene s)
    {
        var a = await s.RecordsAsync("A");
        var (one, two) = (Key("1"), Key("2", "refund"));
        await a.StartAsync(one);
        await a.StartAsync(two);
        s.Same((await a.GetAsync(one))?.InputHash, one.InputHash, "The hash of the input");
        s.Same(string.Join(" ", (await a.ListAsync("run-1")).Select(static r => r.InputHash)), $"{one.InputHash} {two.InputHash}", "The hashes of the run's inputs");
    }

    private static async Task TenantsApart(Scene s)
    {
        var a = await s.RecordsAsync("A");
        var (acme, globex) = (IdempotencyKey.Create("run-1", "step-1", "charge", "acme"), IdempotencyKey.Create("run-1", "step-1", "charge", "globex"));
        var mine = await a.StartAsync(acme);
        var theirs = await a.StartAsync(globex);
        await a.CompleteAsync(mine, "\"acme's\"");
        s.Same((await a.GetAsync(globex))?.Status, IdempotencyStatus.Pending, "The status of globex's operation");
        s.Same(string.Join(" ", (await a.ListAsync(new RunKey("run-1", "globex"))).Select(static r => $"{r.Tenant}/{r.Fence}")), $"globex/{theirs.Fence}", "The records of globex's run");
        foreach (var (run, tenant) in Separators.All.SelectMany(static x => new[] { ($"b{x}run-1", "a"), ("run-1", $"a{x}b") }).Append(("run-1", "ACME")))
            await a.StartAsync(IdempotencyKey.Create(run, "step-1", "charge", tenant));
        s.Holds(await a.ForceDeleteAsync(acme), "Acme's record could not be deleted.");
        s.Same((await a.GetAsync(globex))?.Fence, theirs.Fence, "The fence of globex's record after acme's was deleted");
        s.Holds(await a.CompleteAsync(theirs, "\"globex's\""), "Globex could not complete its operation.");
    }

    private static async Task<bool> Refuses(RecordActor actor, IdempotencyKey key, IdempotencyOptions? options = null)
    {
        try
        {
            await actor.BeginAsync(key, options);
            return false;
        }
        catch (IdempotencyConflictException e)
        {
            return e.Conflict == IdempotencyConflict.InputMismatch;
        }
    }
}
