using System.Globalization;
using System.Text;
using GitIntent.Arv.Kinds.Text.Dialect;

namespace GitIntent.Arv.Kinds.Text.Matching;

/// <summary>Writes a pattern for .NET's engine, to be run over text that went through the <see cref="CharacterMap"/>.</summary>
internal sealed class RegexTranslator
{
    private readonly StringBuilder _out = new();
    private readonly CharacterMap _map;

    private RegexTranslator(CharacterMap map) => _map = map;

    public static string Translate(PatternNode node, CharacterMap map)
    {
        var translator = new RegexTranslator(map);
        translator.Write(node);
        return translator._out.ToString();
    }

    private void Write(PatternNode node)
    {
        switch (node)
        {
            case EmptyNode:
                _out.Append("(?:)");
                break;
            case SetNode set:
                WriteSet(set.Set);
                break;
            case AssertionNode assertion:
                _out.Append(Assertion(assertion.Type));
                break;
            case SequenceNode sequence:
                foreach (var item in sequence.Items)
                    WriteItem(item);
                break;
            case ChoiceNode choice:
                for (var i = 0; i < choice.Items.Length; i++)
                {
                    if (i > 0)
                        _out.Append('|');
                    Write(choice.Items[i]);
                }
                break;
            case RepeatNode repeat:
                WriteGroup(repeat.Item);
                _out.Append(CultureInfo.InvariantCulture, $"{{{repeat.Min},{(repeat.Max < 0 ? "" : repeat.Max.ToString(CultureInfo.InvariantCulture))}}}");
                if (repeat.Lazy)
                    _out.Append('?');
                break;
        }
    }

    private void WriteItem(PatternNode node)
    {
        if (node is ChoiceNode)
            WriteGroup(node);
        else
            Write(node);
    }

    private void WriteGroup(PatternNode node)
    {
        if (node is SetNode)
        {
            Write(node); // an atom already
            return;
        }
        _out.Append("(?:");
        Write(node);
        _out.Append(')');
    }

    private static string Assertion(AssertionType type) => type switch
    {
        AssertionType.LineStart => "(?m:^)",
        AssertionType.LineEnd => "(?m:$)",
        AssertionType.TextStart => "\\A",
        AssertionType.TextEnd => "\\z",
        AssertionType.WordBoundary => "\\b",
        _ => "\\B",
    };

    private void WriteSet(CodePointSet set)
    {
        _out.Append('[');
        foreach (var range in set.Ranges.Where(static r => r.First <= 0x7F))
        {
            AppendUnit(range.First);
            _out.Append('-');
            AppendUnit(Math.Min(range.Last, 0x7F));
        }
        foreach (var standIn in _map.StandIns(set))
            AppendUnit(standIn);
        _out.Append(']');
    }

    private void AppendUnit(int unit) => _out.Append(CultureInfo.InvariantCulture, $"\\u{unit:X4}");
}
