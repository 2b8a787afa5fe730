using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Planning;

/// <summary>
/// The names in braces that a check writes anywhere: only their values are read, so that a check of whether a document
/// is there does not fail to read the document.
/// </summary>
internal static class UsedNames
{
    public static IReadOnlySet<string> In(DocMap check, DocMap gate)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Collect(check, names);
        foreach (var entry in gate.Entries)
        {
            if (entry.Key is not ("checks" or "let") && !check.TryGet(entry.Key, out _))
                Collect(entry.Value, names);
        }
        // What a value's place is made of is used as well.
        var let = new Modifiers(gate, check).Merged("let");
        foreach (var entry in let?.Entries.Reverse() ?? [])
        {
            if (names.Contains(entry.Key))
                Collect(entry.Value, names);
        }
        return names;
    }

    private static void Collect(DocNode node, HashSet<string> names)
    {
        switch (node)
        {
            case DocMap map:
                foreach (var entry in map.Entries)
                {
                    Collect(entry.Key, names);
                    Collect(entry.Value, names);
                }
                break;
            case DocList list:
                foreach (var item in list.Items)
                    Collect(item, names);
                break;
            case DocScalar scalar:
                Collect(scalar.Text, names);
                break;
        }
    }

    private static void Collect(string text, HashSet<string> names)
    {
        for (var open = text.IndexOf('{', StringComparison.Ordinal); open >= 0; open = text.IndexOf('{', open + 1))
        {
            var close = text.IndexOf('}', open);
            if (close > open)
                names.Add(text[(open + 1)..close]);
        }
    }
}
