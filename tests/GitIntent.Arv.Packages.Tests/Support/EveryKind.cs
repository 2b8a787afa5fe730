using System.Text;

namespace GitIntent.Arv.Packages.Tests.Support;

/// <summary>A repository with findings of every kind, in files of every encoding, and with what is refused and skipped.</summary>
internal static class EveryKind
{
    private const string Gates = """
        version: 1
        gates:
          texts:
            include: ["*.cs"]
            exclude: [subject/]
            checks:
              forbidden:
                text:
                  AAA001: { forbid: forbidden words, message: These words are forbidden, remedy: Use others., help: https://example.com/words }
                  AAA002: { forbid: { regex: '(?i)later\s+on' }, message: Later, severity: warning }
                  AAA003: { forbid: { regex: 'é[^x]' }, message: A note, severity: note }
                  AAA004: { forbid: { regex: '[0-9]{16}' }, message: Digits }
              licence: { text: { AAA005: { require: SPDX, message: No licence header } } }
              somewhere: { text: { AAA006: { require: nowhere, across: any, message: In no file } } }
          paths:
            checks:
              kept: { files: { require: [LICENSE] } }
              left: { include: ["*.tmp"], files: { forbid: ["*.tmp"] } }
              counted: { include: ["*.cs"], files: { count: { min: 50 } } }
          documents:
            checks:
              json: { include: [data.json], data: { schema: schema.json, equal: [[/id, other.yml#/id]], unique: [/tools/*/name] } }
              broken: { include: [broken.json], data: { unique: [/a] } }
              toml: { include: [data.toml], data: { equal: [[/version, "2"]] } }
              xml: { include: [data.xml], data: { equal: [[/a/@version, "2"]] } }
          digests:
            checks:
              sums: { include: ["payload/**"], artifact: { sha256: { payload/a.bin: "sha256:0000000000000000000000000000000000000000000000000000000000000000" } } }
          commands:
            checks:
              exits: { exec: { run: [sh, -c, "echo said; exit 3"] } }
              junit: { exec: { run: [sh, -c, "cp results.xml {out}/r.xml"], results: { file: "{out}/r.xml", min_tests: 3, max_skipped: 0 } } }
              golden: { exec: { run: [echo, other], stdout: golden.txt } }
          either:
            checks:
              one: { include: ["src/*.cs"], any_of: [ { files: { require: [nothing.md] } }, { text: { AAA007: { require: never } } } ] }
          unjudged:
            checks:
              nothing: { include: ["*.nothing"], text: { AAA008: { forbid: x } } }
              skipped: { when: { exists: nothing.md }, files: { require: [nothing.md] } }
              needy: { needs: [nothing], files: { require: [arv.yml] } }
          locks:
            checks:
              broken: { reliability: { targets: ["assembly:subject/bin/Subject.dll"], checks: [lock-acquisition, concurrent-locking] } }

        """;

    /// <summary>What its gates find.</summary>
    public static readonly string[] Rules =
    [
        "AAA001", "AAA002", "AAA003", "AAA004", "AAA005", "AAA006", "AAA007", "ARV1001", "ARV1002", "ARV1004", "ARV2001", "ARV2002", "ARV2003", "ARV2004",
        "ARV3001", "ARV3002", "ARV3003", "ARV3005", "ARV3006", "ARV4001", "ARV4002", "ARV5001",
    ];

    private const string Project = $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><OutputPath>bin</OutputPath><AppendTargetFrameworkToOutputPath>false</AppendTargetFrameworkToOutputPath></PropertyGroup>
          <ItemGroup><PackageReference Include="GitIntent.Reliability.Conformance" Version="{Feed.Version}" /></ItemGroup>
        </Project>

        """;

    /// <summary>Locks that no other process sees.</summary>
    private const string Subject = """
        using GitIntent.Reliability;
        using GitIntent.Reliability.Conformance;

        public sealed class Alone : ConformanceSubject
        {
            public override string Name => "alone";

            public override ValueTask<RunLockManager?> LocksAsync(SubjectContext context) =>
                new(new MemoryRunLockManager(new MemoryStore(context.Time), new ReliabilityOptions { TimeProvider = context.Time }));

            public override ValueTask CloseAsync(SubjectContext context) => default;
        }

        """;

    private const string Results = """
        <testsuites><testsuite name="s" tests="3" failures="1" skipped="1">
          <testcase name="a" classname="c"/><testcase name="b" classname="c"><failure message="no">why</failure></testcase><testcase name="d" classname="c"><skipped/></testcase>
        </testsuite></testsuites>

        """;

    public static async Task WriteAsync(Sandbox user)
    {
        user.Write("arv.yml", Gates).Write("a.tmp", "x").Write("golden.txt", "expected\n").Write("results.xml", Results)
            .Write("data.json", "{ \"id\": \"a\", \"tools\": [ { \"name\": \"x\" }, { \"name\": \"x\" } ], \"extra\": 1 }\n")
            .Write("schema.json", """{ "$schema": "https://json-schema.org/draft/2020-12/schema", "properties": { "id": { "const": "b" } }, "required": ["name"] }""")
            .Write("other.yml", "id: c\n").Write("broken.json", "{ \"a\": [1,\n }").Write("data.toml", "version = \"1\"\n").Write("data.xml", "<a version=\"1\"/>\n")
            .Write("payload/a.bin", "abc").Write("payload/b.bin", "uncovered").Write("subject/Subject.csproj", Project).Write("subject/Alone.cs", Subject)
            .Write("src/a.cs", "// forbidden words, and later\non\n// 4111111111111111 forbidden words\n")
            .Write("src/näyttö/日本.cs", "\uFEFF// é😀 forbidden words\r\n\té\r\nlater \r\n on");
        File.WriteAllBytes(user.At("src/utf16.cs"), [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("// forbidden words é\n")]);
        File.WriteAllBytes(user.At("src/invalid.cs"), [0xFF, 0xFE, 0xFD, .. " forbidden words "u8, 0xE9, .. "\n"u8, 0x80, .. " LATER ON"u8]);
        File.WriteAllBytes(user.At("src/binary.cs"), [.. "SPDX \0 forbidden words\0"u8]);
        var built = await user.DotNetAsync("build", "subject");
        built.ExitCode.ShouldBe(0, built.Output);
    }
}
