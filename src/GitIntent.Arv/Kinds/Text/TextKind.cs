using GitIntent.Arv.Config;
using GitIntent.Arv.Documents;

namespace GitIntent.Arv.Kinds.Text;

/// <summary>Rules about files' contents: what they must not have, and what they must have.</summary>
internal sealed class TextKind : ICheckKind
{
    public string Name => "text";

    public string Doc => "Rules about what files contain: patterns that are forbidden or required, by rule id.";

    public Shape Shape => TextShapes.Rules;

    public ICheck Read(DocNode block, CheckReading reading) =>
        new TextCheck([.. ((DocMap)block).Entries.Select(entry => TextRuleReader.Read(entry, reading)).OfType<TextRule>()]);
}
