namespace GitIntent.Arv.Patterns.Matching;

/// <summary>
/// Asks first how a match begins, and only then the machine that knows all of the pattern: most places are none by then. Five rules such as
/// <c>import\s+\{\s*Legacy[^}]*from</c> over 400 MB took an eighth less time beside what the kernel takes.
/// </summary>
internal sealed class BeginningMachine(MatchMachine beginning, MatchMachine whole) : MatchMachine
{
    public override (int Start, int End)? Find(ReadOnlySpan<byte> text, int at, int startsEnd, bool open) =>
        Ask(beginning, text, at, startsEnd, open) is var (start, _) ? Ask(whole, text, start, startsEnd, open) : null;

    private (int Start, int End)? Ask(MatchMachine machine, ReadOnlySpan<byte> text, int at, int startsEnd, bool open)
    {
        (machine.Stop, machine.Work) = (Stop, Work);
        var found = machine.Find(text, at, startsEnd, open);
        (Undecided, Work) = (machine.Undecided, machine.Work);
        return found;
    }
}
