using System.Collections.Frozen;
using System.Collections.Immutable;
using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Kinds.Data;

/// <summary>
/// A side of <c>equal</c>: a pointer in the check's document (<c>/a/b</c>), one in another (<c>file#/a/b</c>), or else a text (<c>{id}</c>).
/// </summary>
internal sealed class DataPlace
{
    private readonly Template? _file;
    private readonly Template _rest;

    private DataPlace(string raw, Template? file, Template rest, bool isText)
    {
        Raw = raw;
        _file = file;
        _rest = rest;
        IsText = isText;
    }

    public string Raw { get; }

    public bool IsText { get; }

    public bool IsInOtherFile => _file is not null;

    public static DataPlace? Read(DocScalar scalar, CheckReading reading)
    {
        var raw = scalar.Text;
        var hash = raw is "" or ['/', ..] ? -1 : raw.IndexOf("#/", StringComparison.Ordinal);
        var isText = raw is not ("" or ['/', ..]) && hash < 0;
        var file = hash > 0 ? raw[..hash] : null;
        var rest = raw[(hash + 1)..];
        if (!isText && !IsPointer(rest, scalar, reading))
            return null;
        return new DataPlace(raw,
            file is null ? null : Template.Parse(scalar with { Text = file }, reading.Names),
            Template.Parse(scalar with { Text = rest }, reading.Names), isText);
    }

    public static bool IsPointer(string text, DocScalar at, CheckReading reading)
    {
        try
        {
            DocPointer.Parse(text);
            return true;
        }
        catch (FormatException e)
        {
            reading.Errors.Add(at, e.Message);
            return false;
        }
    }

    public string Text(Bindings bindings) => _rest.Expand(bindings);

    public string File(Bindings bindings) => _file!.Expand(bindings);

    public DocPointer Pointer(Bindings bindings) => Expand(_rest, bindings);

    /// <summary>What a name stands for is one segment's text, whatever characters it has.</summary>
    public static DocPointer Expand(Template pointer, Bindings bindings) =>
        DocPointer.Parse(pointer.Expand(new Bindings(bindings.Values.ToFrozenDictionary(
            static p => p.Key, static p => DocPointer.Escape(p.Value).Replace("*", "~2", StringComparison.Ordinal), StringComparer.Ordinal))));
}

/// <summary>Two places whose values must be equal.</summary>
internal sealed record EqualRule(DataPlace Left, DataPlace Right)
{
    public static ImmutableArray<EqualRule> ReadAll(DocNode? list, CheckReading reading)
    {
        var rules = ImmutableArray.CreateBuilder<EqualRule>();
        foreach (var pair in (list as DocList)?.Items.Cast<DocList>() ?? [])
        {
            var left = DataPlace.Read((DocScalar)pair.Items[0], reading);
            var right = DataPlace.Read((DocScalar)pair.Items[1], reading);
            if (left is { IsText: true } && right is { IsText: true })
                reading.Errors.Add(pair, "equal: neither side is a place in a document; a place is /a/b or file#/a/b");
            else if (left is not null && right is not null)
                // The finding lies at the left side: that is the document, not the text.
                rules.Add(left.IsText ? new EqualRule(right, left) : new EqualRule(left, right));
        }
        return rules.ToImmutable();
    }
}

/// <summary>A pointer whose values must all differ: with <c>*</c> within a document, without over all documents of the check.</summary>
internal sealed record UniqueRule(Template Pointer)
{
    public static ImmutableArray<UniqueRule> ReadAll(DocNode? list, CheckReading reading) =>
        [.. ((list as DocList)?.Items.Cast<DocScalar>() ?? [])
            .Where(item => DataPlace.IsPointer(item.Text, item, reading))
            .Select(item => new UniqueRule(Template.Parse(item, reading.Names)))];
}
