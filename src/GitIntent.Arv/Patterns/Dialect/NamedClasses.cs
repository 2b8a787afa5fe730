using System.Collections.Frozen;

namespace GitIntent.Arv.Patterns.Dialect;

/// <summary>The classes that have a name: all of them ASCII, whatever the culture.</summary>
internal static class NamedClasses
{
    public static readonly FrozenDictionary<string, CodePointSet> Posix = new Dictionary<string, CodePointSet>
    {
        ["alnum"] = Set("09AZaz"),
        ["alpha"] = Set("AZaz"),
        ["ascii"] = Set("\0\x7f"),
        ["blank"] = Set("\t\t  "),
        ["cntrl"] = Set("\0\x1f\x7f\x7f"),
        ["digit"] = Set("09"),
        ["graph"] = Set("!~"),
        ["lower"] = Set("az"),
        ["print"] = Set(" ~"),
        ["punct"] = Set("!/:@[`{~"),
        ["space"] = Set("\t\r  "),
        ["upper"] = Set("AZ"),
        ["word"] = Set("09AZaz__"),
        ["xdigit"] = Set("09AFaf"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The set of <c>\d \s \w</c>, or of their negations in upper case; null for another letter.</summary>
    public static CodePointSet? Perl(char letter) => letter switch
    {
        'd' => Posix["digit"],
        's' => Posix["space"],
        'w' => Posix["word"],
        'D' => Posix["digit"].Negate(),
        'S' => Posix["space"].Negate(),
        'W' => Posix["word"].Negate(),
        _ => null,
    };

    /// <param name="pairs">First and last of each range.</param>
    private static CodePointSet Set(string pairs)
    {
        var ranges = new CodePointRange[pairs.Length / 2];
        for (var i = 0; i < ranges.Length; i++)
            ranges[i] = new CodePointRange(pairs[2 * i], pairs[2 * i + 1]);
        return CodePointSet.Of(ranges);
    }
}
