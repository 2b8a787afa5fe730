using System.Globalization;

namespace GitIntent.Reliability.Conformance.Crashes;

/// <summary>A call of the process that died.</summary>
/// <param name="Key">The <see cref="CrashStep.Key"/>.</param>
/// <param name="Number">What it returned; null where it did not return.</param>
/// <param name="Error">What it threw.</param>
internal sealed record CrashCall(string Key, long? Number, string? Error)
{
    public bool IsUnderWay => Number is null && Error is null;
}

/// <summary>What a process has said until it died: see <see cref="CrashJournal"/>.</summary>
internal sealed class CrashStory
{
    /// <summary>The parts that the subject offers; null where it did not come to open them.</summary>
    public IReadOnlyList<string>? Parts { get; private set; }

    /// <summary>Why the store did not open.</summary>
    public string? OpenError { get; private set; }

    /// <summary>In the order in which they began.</summary>
    public List<CrashCall> Calls { get; } = [];

    /// <summary>For each moment, whether it is the return of a call.</summary>
    public List<bool> Moments { get; } = [];

    /// <summary>Whether it was killed.</summary>
    public bool Died { get; private set; }

    /// <summary>Whether it had no more to do.</summary>
    public bool Ended { get; private set; }

    /// <summary>Whether it took too long.</summary>
    public bool Late { get; private set; }

    public static CrashStory Read(string path)
    {
        var story = new CrashStory();
        // What comes after the last line feed was cut off.
        foreach (var line in File.Exists(path) ? File.ReadAllText(path).Split('\n')[..^1] : [])
            story.Add(line.Split(' ', 3));
        return story;
    }

    private void Add(string[] words)
    {
        switch (words)
        {
            case [CrashJournal.Opened, ..]:
                Parts = [.. words.Skip(1).SelectMany(static w => w.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
                break;
            case [CrashJournal.Calls, var key]:
                Calls.Add(new CrashCall(key, null, null));
                break;
            case [CrashJournal.Returned, var key, var number]:
                Moments.Add(true);
                Set(key, long.Parse(number, CultureInfo.InvariantCulture), null);
                break;
            case [CrashJournal.Threw, CrashJournal.Opened, var error]:
                OpenError = error;
                break;
            case [CrashJournal.Threw, var key, var error]:
                Set(key, null, error);
                break;
            case [CrashJournal.Looks]:
                Moments.Add(false);
                break;
            default:
                (Died, Ended, Late) = (Died || words[0] == CrashJournal.Dies, Ended || words[0] == CrashJournal.Ended, Late || words[0] == CrashJournal.Late);
                break;
        }
    }

    private void Set(string key, long? number, string? error) => Calls[Calls.FindLastIndex(c => c.Key == key)] = new CrashCall(key, number, error);
}
