using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace GitIntent.Arv.GitHub;

/// <summary>Where a report is shown on GitHub, in the order of the accounts. Check and comment need a token; the others are the step's own.</summary>
internal enum Channel
{
    Commands,
    Summary,
    Check,
    Comment,
    Output,
}

/// <summary>What <c>--github</c> asks for.</summary>
/// <param name="Named">The channels that were asked for by name.</param>
/// <param name="IsAuto">Whatever there is decides; a channel that is denied leaves its part to the next.</param>
internal sealed record ChannelChoice(ImmutableArray<Channel> Named, bool IsAuto)
{
    public const string Expected = "off, auto, or some of commands,summary,check,comment,output";

    public static readonly ChannelChoice Off = new([], IsAuto: false);

    private static readonly ImmutableArray<Channel> Nameable = [Channel.Commands, Channel.Summary, Channel.Check, Channel.Comment, Channel.Output];

    public bool IsOff => !IsAuto && Named.IsEmpty;

    public bool Has(Channel channel) => IsAuto || Named.Contains(channel);

    public static bool TryParse(string text, [NotNullWhen(true)] out ChannelChoice? choice)
    {
        var words = text.Split(',', StringSplitOptions.TrimEntries);
        choice = text switch
        {
            "off" => Off,
            "auto" => new ChannelChoice([], IsAuto: true),
            _ when words.All(static w => Nameable.Any(c => ChannelAccount.Name(c) == w)) => new ChannelChoice([.. Nameable.Where(c => words.Contains(ChannelAccount.Name(c)))], IsAuto: false),
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

    /// <summary>Nothing was to be said there; the text says why.</summary>
    Unneeded,

    /// <summary>Not published; the text says why.</summary>
    Denied,

    /// <summary>The report is not one of this event's commit: no channel shows it.</summary>
    Refused,
}

/// <summary>What became of a channel: each that was asked for gives one line.</summary>
/// <param name="Text">One line.</param>
internal sealed record ChannelAccount(Channel Channel, ChannelOutcome Outcome, string Text)
{
    /// <summary>Whether the report can be seen there.</summary>
    public bool IsReached => Outcome is ChannelOutcome.Published or ChannelOutcome.Cut;

    public static string Name(Channel channel) => channel switch
    {
        Channel.Commands => "commands",
        Channel.Summary => "summary",
        Channel.Check => "check",
        Channel.Comment => "comment",
        _ => "output",
    };

    public override string ToString()
    {
        var outcome = Outcome switch
        {
            ChannelOutcome.Published => "published",
            ChannelOutcome.Cut => "cut",
            ChannelOutcome.Unneeded => "not needed",
            ChannelOutcome.Refused => "refused",
            _ => "denied",
        };
        return $"github {Name(Channel)}: {outcome}: {Text}";
    }
}
