using System.Text.Json;
using GitIntent.Arv.Companion;
using GitIntent.Arv.Companion.Judging;
using GitIntent.Arv.Processes;

namespace GitIntent.Arv.Kinds.Reliability.Assemblies;

/// <summary>How a check of a subject ended: with a result, or with its process.</summary>
/// <param name="Result">The line that says it; null where there is none.</param>
/// <param name="Died">What became of the process; null where it lived on.</param>
/// <param name="Output">The end of what that process printed.</param>
internal sealed record CheckEnd(JudgeLine? Result, string? Died = null, string Output = "");

/// <summary>Why a type makes no subject.</summary>
/// <param name="IsFault">Whether that is a fault of it, found by trying; else it only cannot be judged.</param>
internal sealed record UnfitType(string Reason, bool IsFault, string Output = "");

/// <summary>What is known of an assembly's subjects, from one process after the other.</summary>
internal sealed class AssemblyJudgement(TimeSpan limit)
{
    public SortedDictionary<string, string> Subjects { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, UnfitType> Unfit { get; } = new(StringComparer.Ordinal);

    public Dictionary<JudgedCheck, CheckEnd> Ends { get; } = [];

    /// <summary>Why it, or what is left of it, cannot be judged.</summary>
    public string? Refusal { get; private set; }

    /// <summary>What the last process left running.</summary>
    public string? Left { get; private set; }

    /// <returns>Whether that is all; false: another process is to go on.</returns>
    public bool Take(CompanionAnswer answer, CommandText text)
    {
        var open = (JudgeLine?)null;
        var (done, hung, kept) = (false, false, false);
        Refusal = answer.Fault;
        try
        {
            foreach (var bytes in answer.Lines)
            {
                var line = JsonSerializer.Deserialize(bytes.Span, JudgeJson.Default.JudgeLine)!;
                hung |= line.Event == JudgeLine.Hung;
                kept |= line.Event == JudgeLine.Kept;
                done |= line.Event is JudgeLine.Done or JudgeLine.Refused;
                open = line.Event is JudgeLine.Started or JudgeLine.Constructing ? line : line.Event == JudgeLine.Hung ? open : null;
                Take(line);
            }
        }
        catch (JsonException e)
        {
            Refusal = $"the companion's answer cannot be read: {e.Message}";
        }
        if (Refusal is not null)
            return true;
        Left = LeftBy(answer.Result, kept, text);
        if (done)
            return true;
        var output = text.Tail(answer.Result.Tail.Span);
        var how = HowProcessesEnd.Say(answer.Result, text.All(answer.Result.Tail.Span), hung ? limit : null);
        if (open is { Event: JudgeLine.Started })
            Ends[new JudgedCheck(open.Type!, open.Check!)] = new CheckEnd(null, how, output);
        else if (open is not null)
            Unfit[open.Type!] = new UnfitType($"its constructor {how}", IsFault: true, output);
        else
            Refusal = $"the companion {how} before it had judged anything more{(output.Length > 0 ? $": {output.Split('\n')[0]}" : "")}";
        return Refusal is not null;
    }

    private void Take(JudgeLine line)
    {
        switch (line.Event)
        {
            case JudgeLine.Refused:
                Refusal = line.Reason;
                break;
            case JudgeLine.Subject:
                Subjects[line.Type!] = line.Name!;
                break;
            case JudgeLine.Unfit:
                Unfit[line.Type!] = new UnfitType(line.Reason!, line.Threw);
                break;
            case JudgeLine.Finished:
                Ends[new JudgedCheck(line.Type!, line.Check!)] = new CheckEnd(line);
                break;
        }
    }

    private static string? LeftBy(CommandResult result, bool kept, CommandText text)
    {
        var left = result.Leftovers.Select(l => text.Clean(l.Command)).Order(StringComparer.Ordinal).ToList();
        return kept ? "leaves threads that still ran when all checks had ended, and were ended with the process"
            : left.Count > 0 ? $"leaves processes that still ran when all checks had ended, and were ended: {string.Join("; ", left)}"
            : null;
    }
}
