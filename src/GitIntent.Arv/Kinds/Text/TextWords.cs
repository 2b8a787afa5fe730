using GitIntent.Arv.Patterns.Dialect;

namespace GitIntent.Arv.Kinds.Text;

/// <summary>What a rule is called where it says nothing itself.</summary>
internal static class TextWords
{
    private const int MaxLength = 100;

    /// <summary>In the words of the configuration: <c>forbid regex (?i)foo where "bar"</c>.</summary>
    public static string? Looks(TextDemand demand, Pattern? looks, Pattern? where)
    {
        if (looks is null)
            return null;
        var verb = demand == TextDemand.Forbid ? "forbid" : "require";
        var across = demand == TextDemand.RequireAny ? " across any" : "";
        return $"{verb} {Words(looks)}{across}{(where is null ? "" : $" where {Words(where)}")}";

        static string Words(Pattern pattern) => pattern.Literal is null ? $"regex {pattern.Text}" : $"\"{pattern.Text}\"";
    }

    public static string Message(TextDemand demand, Pattern? looks)
    {
        if (looks is null)
            return "Turned off";
        var what = looks.Literal is null ? $"the pattern {Shorten(looks.Text)}" : $"the text \"{Shorten(looks.Text)}\"";
        return demand switch
        {
            TextDemand.Forbid => $"Forbidden: {what}",
            TextDemand.RequireEach => $"Missing: {what}",
            _ => $"Missing in every file: {what}",
        };
    }

    private static string Shorten(string text) => text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength), "…");
}
