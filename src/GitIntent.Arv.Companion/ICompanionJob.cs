namespace GitIntent.Arv.Companion;

/// <summary>What a companion process does: one job, and then it ends. No process does two: the one that runs users' code never sees what the other is given.</summary>
internal interface ICompanionJob
{
    /// <summary>The first argument of the process.</summary>
    string Name { get; }

    /// <param name="request">Standard input: JSON.</param>
    /// <param name="answer">Takes JSON lines. Standard output is no channel: a user's code writes there too.</param>
    /// <returns>The exit code of the process.</returns>
    Task<int> RunAsync(Stream request, AnswerFile answer);
}
