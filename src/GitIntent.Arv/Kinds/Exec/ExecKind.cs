using System.Collections.Immutable;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Kinds.Exec;

/// <summary><c>exec</c>: judges by a command.</summary>
internal sealed class ExecKind : ICheckKind
{
    private static readonly Shape Path = new TextShape("a path from the root of the repository");

    public string Name => "exec";

    public string Doc => "A command: its exit code, output, test results, and what it changes.";

    public ImmutableArray<RuleInfo> Codes => ExecCodes.All;

    public bool RunsCommands => true;

    public Shape Shape { get; } = new RecordShape(
    [
        new Key("run", new ListShape(new TextShape("an argument", allowEmpty: true), expected: "a list of the command and its arguments, such as [npm, test]"),
            "The command and its arguments, one by one; a shell only as [sh, -c, …]. {out} is a fresh folder of the run.", Required: true),
        new Key("cwd", Path, "The folder to run in, from the root; without it the root."),
        new Key("env", new MapShape("variable", new TextShape("a value", allowEmpty: true), "a name without \"=\"", "^[^=]+$", static name => !name.AsSpan().ContainsAny('=', '\0')),
            "Variables to set beside the caller's own."),
        new Key("exit", new OneOrListShape(new IntegerShape(0, 255)), "The exit code, or codes, that are good; without it 0."),
        new Key("stdout", Path, "The golden: a file that standard output must equal, byte for byte."),
        new Key("results", new RecordShape(
        [
            new Key("file", new TextShape("a path or pattern such as {out}/results.xml"), "TRX or JUnit files that the command writes; several add up.", Required: true),
            new Key("min_tests", new IntegerShape(1, int.MaxValue), "How many tests must have run, skipped ones not counted; without it 1."),
            new Key("max_skipped", new IntegerShape(0, int.MaxValue), "How many tests may be skipped; without it any number but all."),
        ]), "Test results that are judged."),
        new Key("json", new RecordShape(
        [
            new Key("file", new TextShape("a path such as {out}/sizes.json"), "A JSON file that the command writes.", Required: true),
            new Key("schema", new TextShape("a path from the root, or preset:…"), "The JSON Schema that it must satisfy: budgets are its maximum and minimum.", Required: true),
        ]), "A JSON result that is judged by a schema."),
        new Key("unchanged", new BooleanShape(), "Whether the command must leave every file that git does not ignore as it was."),
        new Key("network", new WordShape("on", "off"), "off: no network for the command, where the system can enforce it."),
        new Key("retries", new IntegerShape(0, 10), "How often a failed command is repeated; passing later makes the check flaky."),
    ]);

    public ICheck Read(DocNode block, CheckReading reading) => new ExecCheck(new ExecBlockReader(reading).Read((DocMap)block), reading.HasInclude);
}
