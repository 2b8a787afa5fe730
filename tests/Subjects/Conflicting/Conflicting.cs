using System.Text.Json;
using GitIntent.Reliability;
using GitIntent.Reliability.Conformance;
using Microsoft.Extensions.Logging;
using YamlDotNet.Serialization;

namespace GitIntent.Subjects.Conflicting;

/// <summary>Judged as long as each dependency is in its version; and nothing of it is lost where it meets the contract.</summary>
public sealed class Conflicting : ConformanceSubject
{
    public Conflicting()
    {
        Expect(typeof(ILogger), 11);
        Expect(typeof(JsonSerializer), 11);
        Expect(typeof(DeserializerBuilder), 13);
    }

    public override string Name => "conflicting";

    public override IErrorTaxonomy Errors => ErrorTaxonomy.Default;

    public override IResumeAnalyzer Resume => ResumeAnalyzer.Instance;

    private static void Expect(Type type, int major)
    {
        var found = type.Assembly.GetName().Version!;
        if (found.Major != major)
            throw new InvalidOperationException($"{type.Assembly.GetName().Name} is version {found}, and not {major}");
    }
}
