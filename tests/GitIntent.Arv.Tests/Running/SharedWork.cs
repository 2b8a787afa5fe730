using GitIntent.Arv.Scope;

namespace GitIntent.Arv.Tests.Running;

public sealed class SharedWork
{
    [Fact]
    public async Task Work_under_one_key_is_done_once()
    {
        var (once, done) = (new OncePerKey(), 0);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => once.Get("k", _ => Task.FromResult($"{Interlocked.Increment(ref done)}"), default)));

        results.ShouldAllBe(static result => result == "1");
        (await once.Get("other", _ => Task.FromResult($"{Interlocked.Increment(ref done)}"), default)).ShouldBe("2");
    }

    [Fact]
    public async Task Who_waits_for_work_that_is_stopped_does_it_anew()
    {
        var once = new OncePerKey();
        using var stop = new CancellationTokenSource();
        var first = once.Get("k", token => new TaskCompletionSource<string>().Task.WaitAsync(token), stop.Token);
        var second = once.Get("k", _ => Task.FromResult("anew"), default);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => first);
        (await second).ShouldBe("anew");
    }

    [Fact]
    public async Task Who_is_stopped_while_doing_it_first_ends_what_it_has_started()
    {
        var once = new OncePerKey();
        using var stop = new CancellationTokenSource();
        var ended = new TaskCompletionSource<string>();
        var doing = once.Get("k", _ => ended.Task, stop.Token);
        var waiting = once.Get("k", _ => Task.FromResult("another"), stop.Token);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        doing.IsCompleted.ShouldBeFalse("its command still runs");
        ended.SetResult("ended");
        (await doing).ShouldBe("ended");
    }

    [Fact]
    public async Task Alone_waits_for_all_and_all_wait_for_it()
    {
        using var gate = new SharedOrAlone();
        var (release, releaseAlone, log) = (new TaskCompletionSource(), new TaskCompletionSource(), new List<string>());
        var shared = gate.Run(alone: false, async () => { await release.Task; log.Add("shared"); return 0; }, default);
        var alone = gate.Run(alone: true, async () => { log.Add("alone"); await releaseAlone.Task; log.Add("alone ends"); return 0; }, default);
        var later = gate.Run(alone: false, () => { log.Add("later"); return Task.FromResult(0); }, default);

        log.ShouldBeEmpty();
        release.SetResult();
        await shared;
        releaseAlone.SetResult();
        await Task.WhenAll(alone, later);

        log.ShouldBe(["shared", "alone", "alone ends", "later"]);
    }

    [Fact]
    public async Task One_who_is_stopped_in_the_queue_leaves_no_place_taken()
    {
        using var gate = new SharedOrAlone();
        var release = new TaskCompletionSource();
        var shared = gate.Run(alone: false, async () => { await release.Task; return 0; }, default);
        using var stop = new CancellationTokenSource();
        var alone = gate.Run(alone: true, () => Task.FromResult(0), stop.Token);

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => alone);
        release.SetResult();
        await shared;

        (await gate.Run(alone: true, () => Task.FromResult(1), default)).ShouldBe(1);
    }
}
