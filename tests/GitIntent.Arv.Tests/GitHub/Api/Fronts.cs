using System.Reflection;
using GitIntent.Arv.Tests.Support;
using Xunit.Sdk;

namespace GitIntent.Arv.Tests.GitHub.Api;

/// <summary>The fake API, alone and behind Prism, which is started once for all tests that want it.</summary>
public sealed class Fronts : IDisposable
{
    private readonly Lazy<Prism> _prism;

    public Fronts() => _prism = new Lazy<Prism>(() => new Prism(Fake.Address));

    internal FakeGitHub Fake { get; } = new();

    public Uri Address(string front) => front == "prism" ? _prism.Value.Address : Fake.Address;

    public void Dispose()
    {
        if (_prism.IsValueCreated) _prism.Value.Dispose();
        Fake.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class GitHubApi : ICollectionFixture<Fronts>
{
    public const string Name = "GitHub's API";
}

/// <summary>Cases of a theory whose first argument is the front: the fake alone.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class BareAttribute(params object[] values) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [["fake", .. values]];
}

/// <summary>The same behind Prism; skipped, with the reason, where that is not installed, unless <c>ARV_REQUIRE_SERVERS</c> names <c>prism</c>: then it runs, and fails.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ThroughPrismAttribute : DataAttribute
{
    private readonly object[] _values;

    public ThroughPrismAttribute(params object[] values)
    {
        _values = values;
        var required = (Environment.GetEnvironmentVariable("ARV_REQUIRE_SERVERS") ?? "").Split(',').Contains("prism", StringComparer.Ordinal);
        if (!required && !new[] { Prism.Command, Prism.Description }.All(static path => File.Exists(NodeModules.Find(path))))
            Skip = "ARV_NODE_MODULES names no folder with @stoplight/prism-cli and @octokit/openapi; .ci/run installs them.";
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [["prism", .. _values]];
}
