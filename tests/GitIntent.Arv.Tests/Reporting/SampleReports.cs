using System.Collections.Immutable;
using System.Text.Json;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Tests.Reporting;

/// <summary>Reports of every sort, by the name of their folder under <c>Cases</c>.</summary>
internal static class SampleReports
{
    private const string Digest = "8c6976e5b5410415bde908bd4dee15dfb167a9c873fc4bb8a81f6f2ab448a918";

    public static IReadOnlyDictionary<string, Func<RunReport>> All { get; } = new Dictionary<string, Func<RunReport>>
    {
        ["all-passed"] = AllPassed,
        ["failed"] = Failed,
        ["refused"] = Refused,
        ["skipped"] = Skipped,
        ["nothing-judged"] = NothingJudged,
        ["no-gates"] = () => Run(Verdict.Refused, 3) with { Reason = "nothing was judged" },
        ["warnings-only"] = WarningsOnly,
        ["expanded-checks"] = ExpandedChecks,
        ["hostile"] = Hostile,
    };

    private static RunReport AllPassed() => Run(Verdict.Passed, 0,
        Gate("forbidden-patterns", Verdict.Passed, Looked(612, read: 609,
            ("assets/logo.png", LeftOutReasons.Binary), ("docs/latin1.md", LeftOutReasons.InvalidUtf8), ("docs/old", LeftOutReasons.Link), ("fonts/a.woff", LeftOutReasons.Binary))),
        Gate("contract-tests", Verdict.Passed, Looked(1)) with { Cached = true },
        Gate("reliability", Verdict.Passed, Evidence.None) with { Checks = [Check("memory/lock-acquisition", Verdict.Passed), Check("memory/lock-expiration", Verdict.Passed)] });

    private static RunReport Failed() => Run(Verdict.Failed, 1,
        Gate("forbidden-patterns", Verdict.Failed, Looked(612)) with
        {
            Checks = [Check("serving", Verdict.Failed) with { Reason = "could not look at src/locked.ts (unreadable)" }, Check("naming", Verdict.Passed)],
            Findings =
            [
                Found("serving", "ARV210", Severity.Note, "No licence file", null, 1, 1),
                Found("serving", "ADK001", Severity.Error, "ADK FastAPI serving is deprecated", "src/a.ts", 3, 7) with { Remedy = "Serve through the gateway.", Help = "docs/adk.md" },
                Found("serving", "ADK001", Severity.Error, "ADK FastAPI serving is deprecated", "src/a.ts", 120, 1) with { Remedy = "Serve through the gateway.", Help = "docs/adk.md" },
                Found("naming", "MOD002", Severity.Warning, "Name a model that is still offered", "src/a.ts", 121, 15) with { Remedy = "Use the constant `Models.Default`." },
                Found("serving", "ADK001", Severity.Error, "ADK FastAPI serving is deprecated", "src/näyttö/日本.py", 2, 1) with { Remedy = "Serve through the gateway.", Help = "docs/adk.md" },
                Found("serving", "ADK002", Severity.Error, "Runs a known exception", "src/z.ts", 9, 2) with { Suppressed = new Suppression("docs/exceptions.md", "moves with the next release", "2026-12-31") },
                Found("serving", "ADK003", Severity.Warning, "Runs another", "src/z.ts", 10, 2) with { Suppressed = new Suppression("baseline", "was there before", null) },
            ],
        },
        Gate("contract-tests", Verdict.Failed, Looked(40)) with
        {
            Checks =
            [
                Check("run", Verdict.Failed) with { Kind = "exec", Details = Json("""{"exitCode":1,"tests":{"total":12,"failed":1,"skipped":0},"attempts":1,"flaky":false,"network":"denied","outputTail":"1 failing 🚀 — naïve\n"}""") },
            ],
            Findings = [Found("run", "ARV401", Severity.Error, "The command ended with exit code 1", null, 1, 1) with { Help = "https://example.com/contracts" }],
        },
        Gate("smoke-tests", Verdict.Refused, Looked(3, read: 2, ("apps/cli/dist/index.js", LeftOutReasons.DanglingLink))) with
        {
            Reason = "could not look at apps/cli/dist/index.js",
            Checks = [Check("built", Verdict.Refused) with { Reason = "could not look at apps/cli/dist/index.js" }, Check("help", Verdict.Refused) with { Reason = "it needs built, which was refused" }],
        },
        Gate("golden-tests", Verdict.Passed, Looked(2)));

    private static RunReport Refused() => Run(Verdict.Refused, 3,
        Gate("forbidden-patterns", Verdict.Refused, Looked(5, read: 1, ("a/fifo", LeftOutReasons.NotAFile), ("a/x.png", LeftOutReasons.Binary), ("b.ts", LeftOutReasons.Unreadable), ("c.ts", LeftOutReasons.TooLarge))) with
        {
            Checks = [Check("serving", Verdict.Refused) with { Reason = "3 inputs could not be read" }, Check("headers", Verdict.Passed)],
        },
        Gate("contract-tests", Verdict.Refused, Evidence.None, "nothing matches test/contracts/"),
        Gate("smoke-tests", Verdict.Refused, Evidence.None, "built: nothing matches dist/; help: it needs built, which was refused") with
        {
            Checks = [Check("built", Verdict.Refused) with { Reason = "nothing matches dist/" }, Check("help", Verdict.Refused) with { Reason = "it needs built, which was refused" }],
        },
        Gate("golden-tests", Verdict.Passed, Looked(2)));

    private static RunReport Skipped() => Run(Verdict.Passed, 0,
        Gate("forbidden-patterns", Verdict.Passed, Looked(10)) with
        {
            Checks = [Check("serving", Verdict.Passed), Check("built", Verdict.Skipped) with { Reason = "runs a command (--no-exec)" }, Check("linted", Verdict.Skipped) with { Reason = "runs a command (--no-exec)" }],
        },
        Gate("contract-tests", Verdict.Skipped, Evidence.None, "there is no test/contracts/"),
        Gate("smoke-tests", Verdict.Skipped, Evidence.None, "--skip smoke-tests"),
        Gate("reliability", Verdict.Passed, Looked(2, read: 1, ("memory:", LeftOutReasons.OwnStore))) with
        {
            Checks =
            [
                Check("stores/memory/fencing", Verdict.Passed) with { Evidence = Looked(1, read: 0, ("memory:", LeftOutReasons.OwnStore)) },
                Check("stores/memory/crash-safety", Verdict.Skipped) with { Reason = "the subject is not durable: nothing of it outlives its process" },
                Check("stores/assembly/fencing", Verdict.Passed),
                Check("stores/assembly/crash-safety", Verdict.Skipped) with { Reason = "the subject offers no durable store" },
            ],
        }) with
    {
        Notices = ["the state in .arv could not be written: it is read-only"],
    };

    private static RunReport NothingJudged() => Run(Verdict.Refused, 3,
        Gate("contract-tests", Verdict.Skipped, Evidence.None, "there is no test/contracts/")) with
    {
        Reason = "nothing was judged",
        Repository = new RepositoryState(null, null),
    };

    private static RunReport WarningsOnly() => Run(Verdict.Passed, 0,
        Gate("forbidden-patterns", Verdict.Passed, Looked(25, read: 0, [.. Enumerable.Range(10, 25).Select(static i => ($"img/{i}.png", LeftOutReasons.Binary))])) with
        {
            Findings = [.. Enumerable.Range(1, 3).Select(static i => Found("text", "LOG001", Severity.Warning, "Writes to the console", "src/log.ts", i, 5) with { Remedy = "Use the logger." })],
        });

    private static RunReport ExpandedChecks() => Run(Verdict.Failed, 1,
        Gate("connector-supply-chain", Verdict.Failed, Looked(9)) with
        {
            Checks =
            [
                Check("manifest/github@1.0.0", Verdict.Passed) with { Kind = "data" },
                Check("payload/github@1.0.0", Verdict.Failed) with { Kind = "artifact" },
                Check("payload/slack@2.1.0", Verdict.Refused) with { Kind = "artifact", Reason = "the key is missing" },
                Check("signed/github@1.0.0", Verdict.Skipped) with { Kind = "artifact", Reason = "when: connectors/github@1.0.0/install-receipt.json is missing" },
            ],
            Findings =
            [
                Found("payload/github@1.0.0", "ARV501", Severity.Error, "sha256 of index.js is not the one of the manifest", "connectors/github@1.0.0/index.js", 1, 1) with
                {
                    Details = Json("""{"history":[{"at":1,"op":"acquire","ok":true},{"at":2.50,"op":"acquire","ok":true}],"none":null,"empty":{}}"""),
                },
            ],
        });

    private static RunReport Hostile()
    {
        var findings = HostileText.All.Select(static (text, i) => Found(text, text, Severity.Error, text, text, i + 1, 1) with
        {
            Remedy = text,
            Help = text,
            Details = Json($$"""{"history":[{"call":{{JsonSerializer.Serialize(text)}},"overlaps":[1,2]}]}"""),
            Suppressed = i % 7 == 3 ? new Suppression(text, text, text) : null,
        }).ToImmutableArray();
        var all = string.Join(' ', HostileText.All);
        return Run(Verdict.Failed, 1,
            Gate("| `a` <b> @everyone\n##[error]", Verdict.Failed, Looked(HostileText.All.Length, 0, [.. HostileText.All.Select(static t => (t, t))])) with
            {
                Title = all,
                Reason = all,
                Checks = [.. HostileText.All.Select(static t => Check(t, Verdict.Refused) with { Title = t, Kind = t, Reason = t })],
                Findings = findings,
            }) with
        {
            Reason = all,
            Notices = HostileText.All,
        };
    }

    private static RunReport Run(Verdict verdict, int exitCode, params ImmutableArray<GateReport> gates) => new()
    {
        ToolVersion = "0.1.0",
        RunId = "20261125T010203Z-5f3a",
        StartedAt = new DateTimeOffset(2026, 11, 25, 2, 2, 3, 45, TimeSpan.FromHours(1)),
        Duration = TimeSpan.FromMilliseconds(1234.9),
        Repository = new RepositoryState("dc58daf0c1a0f2b3d4e5f60718293a4b5c6d7e8f", false),
        Plan = "sha256:" + Digest,
        Verdict = verdict,
        ExitCode = exitCode,
        Gates = gates,
    };

    private static GateReport Gate(string id, Verdict verdict, Evidence evidence, string? reason = null) => new()
    {
        Id = id,
        Title = id.Replace('-', ' '),
        Verdict = verdict,
        Reason = reason,
        Duration = TimeSpan.FromMilliseconds(12),
        Evidence = evidence,
        Checks = [Check("text", verdict) with { Evidence = evidence, Reason = reason }],
        Findings = [],
    };

    private static CheckReport Check(string id, Verdict verdict) => new()
    {
        Id = id,
        Title = id,
        Kind = "text",
        Verdict = verdict,
        Duration = TimeSpan.FromMilliseconds(3),
        Evidence = Evidence.None,
    };

    private static Finding Found(string check, string rule, Severity severity, string message, string? path, int line, int column) => new()
    {
        Check = check,
        Rule = rule,
        Severity = severity,
        Message = message,
        Path = path,
        Span = new TextSpan(line, column, line, column + (path is null ? 0 : 5)),
        Fingerprint = Digest,
    };

    private static Evidence Looked(int matched, int? read = null, params ImmutableArray<(string Path, string Reason)> leftOut) =>
        new([.. Enumerable.Range(1, matched).Select(static i => $"src/{i}.ts")], read ?? matched, [.. leftOut.Select(static l => new LeftOut(l.Path, l.Reason))]);

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
