namespace GitIntent.Reliability.Conformance.Scenes;

/// <summary>What trying a promise came to.</summary>
internal sealed record Trial(Violation? Violation, string? Skipped, int Calls)
{
    public static async Task<Trial> RunAsync(ConformanceSubject subject, ConformanceCheck check, Promise promise, ConformanceOptions options, CancellationToken stop)
    {
        var scene = new Scene(subject, $"{check.Id}-{promise.Name}", options, stop);
        try
        {
            // A subject that blocks its thread is left behind on it.
            await Task.Run(() => promise.Scenario(scene), stop).WaitAsync(options.CallTimeout * 3, TimeProvider.System, stop);
            return new Trial(null, null, scene.History.Count);
        }
        catch (PartMissingException e)
        {
            return new Trial(null, e.Message, scene.History.Count);
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
            return new Trial(new Violation(promise, $"It did not come to an end within {(options.CallTimeout * 3).TotalSeconds:0} s.", scene.History.Calls), null, scene.History.Count);
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
