using System.Text;

namespace GitIntent.Arv.Bench;

/// <summary>Modules of TypeScript that parse, with names, comments and strings as people write them; the same for the same seed.</summary>
internal sealed class SourceText(int seed)
{
    private static readonly string[] Words =
        ("account action address agent amount batch branch buffer cache channel check client cluster column commit config context count cursor customer date default delay depth detail device digest "
        + "document domain draft edge entry error event field file filter flag folder format frame gate graph group handle header history index input invoice item journal key label language layer leader "
        + "length level limit line link list lock log manifest map member message method metric mode model module name node number object offset option order origin output owner package page parent part "
        + "path pattern payload peer plan point policy pool port price process product profile queue range rate reader record region report request result retry role root row rule run schema scope score "
        + "secret section segment service session shape shard signal size source stage state status step store stream subject summary table tag target task tenant text thread ticket time token total "
        + "trace tree type unit update user value version view window worker writer zone").Split(' ');

    private static readonly string[] Verbs = "add apply build check clear close collect compare copy count create decode delete emit encode ensure fetch find flush format get has init is join list load make map merge move open parse pick publish push read refresh remove render reset resolve retry run save scan send set sort split start stop store sync to update validate wait write".Split(' ');
    private static readonly string[] Openings = ["if (", "while (", "for (const each of "];
    private static readonly string[] Types = ["string", "number", "boolean", "unknown", "string[]", "Map<string, number>", "readonly string[]", "Promise<void>", "Date", "Uint8Array"];

    /// <summary>Lines that rules find, one for about every two thousand others.</summary>
    private static readonly string[] Hits = [.. RuleSets.Read("hits")];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();

    public string Next(int length)
    {
        _text.Clear();
        for (var imports = _random.Next(1, 9); imports > 0; imports--)
            Add($"import {{ {Type()}, {Name()} }} from \"./{Word()}-{Word()}\";");
        while (_text.Length < length)
        {
            _text.Append('\n');
            Function();
        }
        return _text.ToString();
    }

    private void Function()
    {
        Add($"/** {Sentence()} */\nexport async function {Name()}({Word()}A: {Pick(Types)}, {Word()}B = {Number(4096)}): {Pick(Types)} | undefined {{");
        Block(1, _random.Next(3, 14));
        Add($"  return undefined;\n}}");
    }

    private void Block(int depth, int statements)
    {
        for (; statements > 0; statements--)
        {
            _text.Append(' ', 2 * depth);
            if (_random.Next(2000) == 0)
                Add($"{Pick(Hits)}");
            else if (depth < 4 && _random.Next(6) == 0)
                Nested(depth);
            else
                Statement();
        }
    }

    private void Nested(int depth)
    {
        Add($"{Pick(Openings)}{Name()}({Word()})) {{");
        Block(depth + 1, _random.Next(1, 5));
        _text.Append(' ', 2 * depth);
        Add($"}}");
    }

    private void Statement()
    {
        switch (_random.Next(7))
        {
            case 0: Add($"// {Sentence()}"); break;
            case 1: Add($"const {Name()} = await {Word()}.{Name()}({{ {Word()}: \"{Word()}/{Word()}\", {Word()}: [{Number(100)}, null] }});"); break;
            case 2: Add($"let {Name()}: {Pick(Types)} = {Word()}[\"{Word()}_id\"] as never;"); break;
            case 3: Add($"this.{Word()} = {Word()} ?? {Name()}({Word()} + {Number(1000)}, '{Word()}');"); break;
            case 4: Add($"throw new Error(`{Sentence()}: ${{{Word()}}}`);"); break;
            case 5: Add($"{Word()}.{Word()}.map((each) => each.{Name()}({Word()})).filter(Boolean);"); break;
            default: Add($"await {Name()}({Word()}, {Word()} === '{Word()}' ? {Number(10)} : {Word()}.length);"); break;
        }
    }

    private void Add(FormattableString line) => _text.Append(FormattableString.Invariant(line)).Append('\n');

    private int Number(int below) => _random.Next(below);

    private string Sentence() => $"{Type()} of the {Word()} that {Word()} and {Word()} {Pick(Verbs)}, and the {Word()} does not {Pick(Verbs)}";

    private string Name() => Pick(Verbs) + Type() + (_random.Next(3) == 0 ? Type() : "");

    private string Type()
    {
        var word = Word();
        return char.ToUpperInvariant(word[0]) + word[1..];
    }

    private string Word() => Pick(Words);

    private string Pick(string[] of) => of[_random.Next(of.Length)];
}
