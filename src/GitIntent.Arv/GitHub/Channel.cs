using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace GitIntent.Arv.GitHub;

/// <summary>Where a run is shown in a workflow, without any token.</summary>
internal enum Channel
{
    Commands,
    Summary,
    Output,
}

/// <summary>What <c>--github</c> asks for. Outputs of the step go with whatever is named.</summary>
internal sealed record ChannelChoice(bool Commands, bool Summary)
{
    public const string Expected = "off, auto, or some of commands,summary";

    public static readonly ChannelChoice Off = new(Commands: false, Summary: false);

    private static readonly ChannelChoice All = new(Commands: true, Summary: true);

    public bool IsOff => this == Off;

    /// <param name="text">The option's value.</param>
    /// <param name="inWorkflow">Whether a runner reads what is printed; <c>auto</c> depends on it.</param>
    /// <param name="choice">What it asks for.</param>
    public static bool TryParse(string text, bool inWorkflow, [NotNullWhen(true)] out ChannelChoice? choice)
    {
        var words = text.Split(',', StringSplitOptions.TrimEntries).ToImmutableArray();
        choice = text switch
        {
            "off" => Off,
            "auto" => inWorkflow ? All : Off,
            _ when words.All(static w => w is "commands" or "summary") => new ChannelChoice(words.Contains("commands"), words.Contains("summary")),
            _ => null,
        };
        return choice is not null;
    }
}

internal enum ChannelOutcome
{
    Published,

    /// <summary>Published up to a limit; the text counts the rest.</summary>
    Cut,

    /// <summary>Not published; the text says why.</summary>
    Denied,
}

/// <summary>What became of a channel: each that was asked for gives one line.</summary>
/// <param name="Text">One line, safe to print.</param>
internal sealed record ChannelAccount(Channel Channel, ChannelOutcome Outcome, string Text)
{
    public override string ToString()
    {
        var channel = Channel switch
        {
            Channel.Commands => "commands",
            Channel.Summary => "summary",
            _ => "output",
        };
        var outcome = Outcome switch
        {
            ChannelOutcome.Published => "published",
            ChannelOutcome.Cut => "cut",
            _ => "denied",
        };
        return $"github {channel}: {outcome}: {Text}";
    }
}
