namespace GitIntent.Arv.Schemas;

internal sealed class RefKeyword : Keyword
{
    public SchemaNode? Target { get; set; }

    public override bool Check(Visit visit) => visit.Apply(Target!);
}

internal sealed class DynamicRefKeyword : Keyword
{
    public SchemaNode? Target { get; set; }

    /// <summary>The name, where the target is a <c>$dynamicAnchor</c>; otherwise it is an ordinary reference.</summary>
    public string? Anchor { get; set; }

    public override bool Check(Visit visit)
    {
        var target = Target!;
        for (var scope = Anchor is null ? null : visit.Scope; scope is not null; scope = scope.Outer)
            target = scope.Resource.DynamicAnchors.GetValueOrDefault(Anchor!, target);
        return visit.Apply(target);
    }
}
