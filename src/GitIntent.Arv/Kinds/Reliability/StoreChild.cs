using System.Collections.Immutable;
using GitIntent.Reliability.Conformance;

namespace GitIntent.Arv.Kinds.Reliability;

/// <summary>
/// The process that <c>Crash safety</c> kills on a store of ours: this command once more, under a first argument that <c>--help</c> does not show.
/// It is native where the command is, and there in some milliseconds.
/// </summary>
internal static class StoreChild
{
    public const string Verb = "crash-child";

    /// <summary>How it is started; null for a store that does not outlive its process.</summary>
    /// <param name="command">How this command is started.</param>
    public static Func<string, ChildCommand>? Of(ConformanceSubject subject, ImmutableArray<string> command) => subject switch
    {
        SqliteSubject sqlite => job => new ChildCommand(command.IsEmpty ? Verb : command[0], [.. command.Skip(1), Verb, sqlite.Name, sqlite.Folder, job]),
        _ => null,
    };

    /// <param name="args">What follows the verb.</param>
    /// <returns>The exit code, where it is not killed.</returns>
    public static async Task<int> RunAsync(string[] args) => args is ["sqlite", var folder, var job] ? await ConformanceChild.RunAsync(SqliteSubject.In(folder), job).ConfigureAwait(false) : ExitUsage;

    private const int ExitUsage = 20;
}
