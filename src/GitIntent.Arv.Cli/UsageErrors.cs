using System.CommandLine;
using System.CommandLine.Parsing;
using GitIntent.Arv.Config;

namespace GitIntent.Arv.Cli;

/// <summary>What is wrong with a command line, in the words of this tool: what was found, what is allowed, and the nearest of it.</summary>
internal static class UsageErrors
{
    /// <returns>None when nothing is wrong.</returns>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (Mistyped(parsed) is { } option)
            return [Unknown(option, command)];
        if (parsed.UnmatchedTokens is [var first, ..])
            return [Unknown(first, command)];
        return [.. parsed.Errors.Select(error => Of(error, command)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>An unknown option that was taken for an argument, as a path may start with a dash; <c>--</c> says that one does.</summary>
    private static string? Mistyped(ParseResult parsed) => parsed.Tokens.Any(static t => t.Type == TokenType.DoubleDash) ? null
        : parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(static a => a.Tokens)
            .Select(static t => t.Value).FirstOrDefault(static t => t.Length > 1 && t[0] == '-');

    /// <summary>Only the first: what follows an unknown word may have been meant for it.</summary>
    private static string Unknown(string word, Command command)
    {
        var isOption = word.StartsWith('-');
        var known = isOption ? command.Options.Where(static o => !o.Hidden).Select(static o => o.Name).ToList() : [.. command.Subcommands.Select(static c => c.Name)];
        var kind = isOption ? "option" : known.Count > 0 ? "command" : "argument";
        var expected = known.Count == 0 ? " expected no more of them" : $" expected one of {string.Join(", ", known)}";
        return $"unknown {kind} \"{word}\";{Words.DidYouMean(word, known)}{expected}";
    }

    private static string Of(ParseError error, Command command) => error.SymbolResult switch
    {
        OptionResult { Tokens: [] } option => $"{option.Option.Name}: expected {option.Option.HelpName}, found nothing",
        OptionResult { Option.Arity.MaximumNumberOfValues: 1, Tokens.Count: > 1 } option => $"{option.Option.Name}: expected it once, found it {option.Tokens.Count} times",
        ArgumentResult { Tokens: [] } argument => $"expected {argument.Argument.Name}, found nothing",
        CommandResult when command.Subcommands.Count > 0 => $"expected a command: one of {string.Join(", ", command.Subcommands.Select(static c => c.Name))}",
        CommandResult when command.Arguments is [var argument, ..] => $"expected {argument.Name}, found nothing",
        _ => error.Message,
    };
}
