using System.Collections.Immutable;
using GitIntent.Arv.Patterns.Dialect;
using GitIntent.Arv.Patterns.Matching.Literals;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>Where a match may start that holds what was found.</summary>
internal enum Reach
{
    /// <summary>A known number of bytes before it.</summary>
    Distance,

    /// <summary>On its line.</summary>
    Line,

    /// <summary>Anywhere before it.</summary>
    Text,
}

/// <summary>A pattern made ready to be looked for: by what, from where, and with which machine.</summary>
internal sealed class PreparedPattern
{
    private readonly PatternProgram _program;
    private readonly FirstBytes _first;
    private readonly DirectPattern? _direct;
    private readonly DirectPattern? _beginning;

    /// <exception cref="PatternException">The pattern is too large for the engine.</exception>
    public PreparedPattern(Pattern pattern)
    {
        Pattern = pattern;
        var node = pattern.Node;
        _program = PatternProgram.Of(node);
        _first = new FirstBytes(node);
        _direct = DirectPattern.TryOf(node);
        _beginning = _direct is null ? DirectPattern.BeginningOf(node) : null;
        CrossesLines = NodeFacts.CrossesLines(node);
        var literals = RequiredLiterals.Of(node);
        if (literals.Length > 0 && literals.All(static l => l.Bytes.Length >= LiteralSet.LeastLength))
            Literals = literals;
        else
            Run = RequiredRun.Of(node);
        var atDistance = Run is not null ? Run.Distance >= 0 : Literals.All(static l => l.Distance >= 0);
        Reach = (Run is null && Literals.IsEmpty) || (!atDistance && CrossesLines) ? Reach.Text : atDistance ? Reach.Distance : Reach.Line;
    }

    public Pattern Pattern { get; }

    /// <summary>Every match holds one of these; empty when there is none that is long enough.</summary>
    public ImmutableArray<RequiredLiteral> Literals { get; } = [];

    /// <summary>Every match holds this; null where there are literals, or nothing that would help.</summary>
    public RequiredRun? Run { get; }

    public Reach Reach { get; }

    public bool CrossesLines { get; }

    /// <summary>For single places. Attempts at many places may look at the same bytes again and again.</summary>
    public MatchMachine NewDirect() => (_direct, _beginning) switch
    {
        ({ } all, _) => new DirectMachine(all, _first),
        (_, { } beginning) => new BeginningMachine(new DirectMachine(beginning, _first), NewThreads()),
        _ => NewThreads(),
    };

    /// <summary>For many places: each byte is looked at once, whatever the number of attempts.</summary>
    public ThreadMachine NewThreads() => new(_program, _first);

    /// <summary>How it is looked for, for people.</summary>
    public string Cost
    {
        get
        {
            var by = Literals.Length > 0
                ? $"by {string.Join(" or ", Literals.Select(static l => LiteralText.Show(l)))}"
                : Run is not null ? $"no literal: by {Run.Length} bytes in a row of {LiteralText.Show(Run.Bytes)}" : null;
            var then = Reach switch
            {
                Reach.Distance => "then at its place",
                Reach.Line => "then on its line",
                _ when by is not null => "then in the whole file, as a match may span lines",
                _ => "no literal, and nothing rare: tried at each character that it can start with, in every file",
            };
            return by is null ? then : $"{by}, {then}";
        }
    }
}
