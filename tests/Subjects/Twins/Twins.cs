using GitIntent.Reliability.Conformance;

namespace GitIntent.Subjects.Twins;

public sealed class First : ConformanceSubject
{
    public override string Name => "twin";
}

public sealed class Second : ConformanceSubject
{
    public override string Name => "twin";
}
