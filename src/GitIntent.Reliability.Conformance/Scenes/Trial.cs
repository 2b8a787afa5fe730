namespace GitIntent.Reliability.Conformance.Scenes;

/// <summary>What trying a promise came to.</summary>
/// <param name="Refused">Why it could not be judged.</param>
internal sealed record Trial(Violation? Violation, string? Skipped, int Calls, string? Refused = null)
{
    public static async Task<Trial> RunAsync(ConformanceSubject subject, ConformanceCheck check, Promise promise, ConformanceOptions options, SharedTrials shared, CancellationToken stop)
    {
        var scenario = subject.VirtualTime ? promise.Scenario : promise.OwnClockScenario ?? promise.Scenario;
        var scene = new Scene(subject, $"{check.Id}-{promise.Name}", options, shared, stop);
        var limit = promise.Limit ?? options.CallTimeout * 3;
        try
        {
            // A subject that blocks its thread is left behind on it.
            await Patience.WithinAsync(Task.Run(() => scenario(scene), stop), limit, stop);
            return new Trial(null, null, scene.History.Count);
        }
        catch (PartMissingException e)
        {
            return new Trial(null, e.Message, scene.History.Count);
        }
        catch (CannotJudgeException e)
        {
            return new Trial(null, null, scene.History.Count, e.Message);
        }
        catch (BrokenPromiseException e)
        {
            return new Trial(new Violation(promise, e.Message, e.History ?? scene.History.Calls), null, scene.History.Count);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
        catch (TimeoutException)
        {
            return new Trial(new Violation(promise, $"It did not come to an end within {limit.TotalSeconds:0} s.", scene.History.Calls), null, scene.History.Count);
        }
#pragma warning disable CA1031 // Do not catch general exception types: whatever a subject throws breaks the promise that is tried.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new Trial(new Violation(promise, $"{e.GetType().Name} was thrown: {e.Message}", scene.History.Calls), null, scene.History.Count);
        }
        finally
        {
            await scene.CloseAsync();
        }
    }
}

/// <summary>The subject did not do what it promised.</summary>
internal sealed class BrokenPromiseException(string what, IReadOnlyList<RecordedCall>? history = null) : Exception(what)
{
    /// <summary>The calls that show it; null: all of the scene's.</summary>
    public IReadOnlyList<RecordedCall>? History { get; } = history;
}

/// <summary>The promise is about something that the subject does not offer.</summary>
internal sealed class PartMissingException(string reason) : Exception(reason);

/// <summary>Whether the promise is kept cannot be found out.</summary>
internal sealed class CannotJudgeException(string reason) : Exception(reason);
