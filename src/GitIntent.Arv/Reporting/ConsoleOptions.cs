namespace GitIntent.Arv.Reporting;

/// <summary>Where the console report goes; the caller knows from the streams and the environment.</summary>
/// <param name="Terminal">Colour and symbols: standard output is a terminal, and <c>NO_COLOR</c> is not set.</param>
/// <param name="WorkflowLog">What is printed is read by GitHub's runner: <c>GITHUB_ACTIONS</c> is <c>true</c>.</param>
/// <param name="Configured">The gates are those of a configuration, so that <c>explain</c> knows them.</param>
internal sealed record ConsoleOptions(bool Terminal = false, bool WorkflowLog = false, bool Configured = true);
