using GitIntent.Arv.Cli.State;
using GitIntent.Arv.Scope;
using GitIntent.Arv.Tree;

namespace GitIntent.Arv.Cli;

/// <summary>Makes what the checks of a run share: where commands write, and what they see.</summary>
internal static class RunScopes
{
    /// <summary>How many runs' output is kept for people to look into.</summary>
    private const int Kept = 10;

    public static RunScope Create(LoadedPlan loaded, bool noExec, CliContext context) =>
        Create(loaded.Root, !noExec && loaded.Plan.Gates.SelectMany(static g => g.Checks).Any(static c => c.RunsCommands), context);

    /// <param name="writes">Whether commands will write, so that it is worth having in the repository.</param>
    public static RunScope Create(string root, bool writes, CliContext context)
    {
        var runId = context.NewRunId();
        // As a command that starts in it sees its own folder; a nested run knows this one by it.
        var real = RealPath.Of(root) ?? root;
        return new RunScope
        {
            RunId = runId,
            Root = real,
            OutRoot = writes ? OutRoot(root, runId) : Temporary(runId),
            Environment = ChildEnvironment.Of(context.Environment, new RunMarker(runId, real)),
            Command = context.Command,
            Redactor = new Redactor(ChildEnvironment.Secrets(context.Environment)),
        };
    }

    /// <summary>In the repository, where people find it; where that cannot be written, among the system's temporary files.</summary>
    private static string OutRoot(string root, string runId)
    {
        try
        {
            if (StateFolder.Open(root, out _) is { } state && Path.Combine(state, "runs") is var runs && new DirectoryInfo(runs).LinkTarget is null)
            {
                Directory.CreateDirectory(runs);
                ForgetOld(runs);
                return Path.Combine(runs, runId);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // People find it there, too.
        }
        return Temporary(runId);
    }

    private static string Temporary(string runId) => Path.Combine(Path.GetTempPath(), $"arv-{runId}");

    /// <summary>Ids are in the order of time, so the names are too.</summary>
    private static void ForgetOld(string runs)
    {
        foreach (var old in Directory.GetDirectories(runs).OrderDescending(StringComparer.Ordinal).Skip(Kept - 1))
            Directory.Delete(old, recursive: true);
    }
}
