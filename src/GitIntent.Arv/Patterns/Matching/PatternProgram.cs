using GitIntent.Arv.Patterns.Dialect;

namespace GitIntent.Arv.Patterns.Matching;

/// <summary>A pattern as the steps of a machine with many threads (https://swtch.com/~rsc/regexp/regexp2.html).</summary>
internal sealed class PatternProgram
{
    /// <summary>More would let a single character cost too much.</summary>
    public const int MaxSteps = 20_000;

    private readonly List<Step> _steps = [];

    private PatternProgram(PatternNode node)
    {
        Write(node);
        Add(new Step(StepType.Match));
        Steps = [.. _steps];
    }

    public Step[] Steps { get; }

    /// <exception cref="PatternException">The pattern is too large.</exception>
    public static PatternProgram Of(PatternNode node) => new(node);

    private void Write(PatternNode node)
    {
        switch (node)
        {
            case SetNode set:
                Add(new Step(StepType.Set) { Set = new CharacterTest(set.Set) });
                break;
            case AssertionNode assertion:
                Add(new Step(StepType.Assertion) { Assertion = assertion.Type });
                break;
            case SequenceNode sequence:
                foreach (var item in sequence.Items)
                    Write(item);
                break;
            case ChoiceNode choice:
                WriteChoice(choice);
                break;
            case RepeatNode repeat:
                WriteRepeat(repeat);
                break;
        }
    }

    private void WriteChoice(ChoiceNode choice)
    {
        var jumps = new List<int>();
        foreach (var item in choice.Items[..^1])
        {
            var split = Add(new Step(StepType.Split));
            Write(item);
            jumps.Add(Add(new Step(StepType.Jump)));
            _steps[split] = _steps[split] with { First = split + 1, Second = _steps.Count };
        }
        Write(choice.Items[^1]);
        foreach (var jump in jumps)
            _steps[jump] = _steps[jump] with { First = _steps.Count };
    }

    private void WriteRepeat(RepeatNode repeat)
    {
        // The last of what must be there is what may be there again: written twice, x+ within x+ within x+ would double each time.
        var last = _steps.Count;
        for (var i = 0; i < repeat.Min; i++)
        {
            last = _steps.Count;
            Write(repeat.Item);
        }
        if (repeat.Max < 0 && repeat.Min > 0)
        {
            var (again, leave) = (last, _steps.Count + 1);
            Add(new Step(StepType.Split) { First = repeat.Lazy ? leave : again, Second = repeat.Lazy ? again : leave });
            return;
        }
        if (repeat.Max < 0)
        {
            var split = Add(new Step(StepType.Split));
            Write(repeat.Item);
            Add(new Step(StepType.Jump) { First = split });
            Leave(split, repeat.Lazy);
            return;
        }
        var splits = new List<int>();
        for (var i = repeat.Min; i < repeat.Max; i++)
        {
            splits.Add(Add(new Step(StepType.Split)));
            Write(repeat.Item);
        }
        foreach (var split in splits)
            Leave(split, repeat.Lazy);
    }

    /// <summary>Lets a split choose between what follows it and what follows the last step.</summary>
    private void Leave(int split, bool lazy)
    {
        var (enter, leave) = (split + 1, _steps.Count);
        _steps[split] = _steps[split] with { First = lazy ? leave : enter, Second = lazy ? enter : leave };
    }

    private int Add(Step step)
    {
        if (_steps.Count == MaxSteps)
            throw new PatternException(0, "the pattern is too large, with its counts written out; split it into several rules, or lower the counts");
        _steps.Add(step);
        return _steps.Count - 1;
    }
}

internal enum StepType : byte
{
    /// <summary>One code point of the set.</summary>
    Set,

    /// <summary>First one way, then, with less priority, the other.</summary>
    Split,
    Jump,
    Assertion,
    Match,
}

internal readonly record struct Step(StepType Type)
{
    public CharacterTest Set { get; init; }

    public AssertionType Assertion { get; init; }

    public int First { get; init; }

    public int Second { get; init; }
}
