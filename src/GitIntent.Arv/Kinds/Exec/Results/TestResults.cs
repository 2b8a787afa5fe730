namespace GitIntent.Arv.Kinds.Exec.Results;

/// <summary>A test that failed, in the words of the file that says so.</summary>
internal sealed record FailedTest
{
    public required string Name { get; init; }

    public string Message { get; init; } = "";

    public string Trace { get; init; } = "";

    /// <summary>Where the file says that it is: anything that may be a path.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    public int? Line { get; init; }
}

/// <summary>What all result files of a command say together.</summary>
internal sealed class TestResults
{
    /// <summary>So many failures are no report that anybody reads, and would fill the memory.</summary>
    private const int MostFailures = 100_000;

    private readonly List<FailedTest> _failures = [];

    public int Total { get; private set; }

    public int Skipped { get; private set; }

    public int Failed => _failures.Count;

    public IReadOnlyList<FailedTest> Failures => _failures;

    public void AddPassed() => Total++;

    public void AddSkipped()
    {
        Total++;
        Skipped++;
    }

    public void AddFailed(FailedTest test)
    {
        if (Failed == MostFailures)
            throw new ResultException($"more than {MostFailures} failed tests");
        Total++;
        _failures.Add(test);
    }
}

/// <summary>A result file that cannot be believed; the message says why, without the file's name.</summary>
internal sealed class ResultException(string message) : Exception(message);
