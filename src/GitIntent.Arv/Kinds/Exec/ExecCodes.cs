using System.Collections.Immutable;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Kinds.Exec;

/// <summary>What an <c>exec</c> check can find.</summary>
internal static class ExecCodes
{
    public static readonly RuleInfo ExitCode = Error("ARV3001", "The command ended with an exit code that is not expected",
        "Run the command by hand in the same folder; if the code is right, name it in \"exit\".");

    public static readonly RuleInfo FailedTest = Error("ARV3002", "A test failed", "Mend what the test shows, or the test.");

    public static readonly RuleInfo Golden = Error("ARV3003", "The output is not the golden's",
        "Mend what changed the output; if the change is meant, run: dotnet arv goldens accept");

    public static readonly RuleInfo MissingGolden = Error("ARV3004", "The golden is missing",
        "Restore the file; if it is new, run: dotnet arv goldens accept");

    public static readonly RuleInfo TooFewTests = Error("ARV3005", "Fewer tests ran than min_tests",
        "Find out why tests are gone; if they are not needed any more, lower min_tests.");

    public static readonly RuleInfo TooManySkipped = Error("ARV3006", "More tests were skipped than max_skipped",
        "Take the skips back, or raise max_skipped.");

    public static readonly RuleInfo Json = Error("ARV3007", "The result does not satisfy its schema",
        "Mend what the numbers show, or change the budget in the schema.");

    public static readonly RuleInfo Changed = Error("ARV3008", "The command changed the tree",
        "Commit what the command makes, or have it write elsewhere ({out}, or an ignored folder).");

    public static readonly RuleInfo LeftRunning = new("ARV3009", Severity.Note, "A process outlived its command, and was ended")
    {
        Remedy = "Have the command wait for what it starts; build servers have a switch (dotnet: --disable-build-servers).",
    };

    public static readonly RuleInfo Flaky = new("ARV3010", Severity.Warning, "The command failed, and passed when it was repeated")
    {
        Remedy = "Make it pass every time: what fails by chance also passes by chance.",
    };

    public static readonly ImmutableArray<RuleInfo> All = [ExitCode, FailedTest, Golden, MissingGolden, TooFewTests, TooManySkipped, Json, Changed, LeftRunning, Flaky];

    private static RuleInfo Error(string id, string message, string remedy) => new(id, Severity.Error, message) { Remedy = remedy };
}
