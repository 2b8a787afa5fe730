namespace GitIntent.Arv.Planning;

/// <summary>What an id is called where nobody gave it a title: <c>contract-tests</c> is "Contract Tests".</summary>
internal static class Titles
{
    public static string Of(string id) => string.Join(' ', id.Split('-', StringSplitOptions.RemoveEmptyEntries)
        .Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));
}
