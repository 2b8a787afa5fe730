using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GitIntent.Arv.Model;

namespace GitIntent.Arv.Policy;

/// <summary>
/// Gives each finding a fingerprint that outlives edits around it: SHA-256 of rule, path, anchor and occurrence within the file;
/// no line number, time or commit.
/// </summary>
internal static class Fingerprints
{
    /// <param name="findings">In the order of the report.</param>
    public static ImmutableArray<Finding> Set(IEnumerable<Finding> findings)
    {
        var seen = new Dictionary<(string Rule, string? Path, string Anchor), int>();
        return [.. findings.Select(Numbered)];

        Finding Numbered(Finding finding)
        {
            var key = (finding.Rule, finding.Path, finding.Anchor);
            var occurrence = seen[key] = seen.GetValueOrDefault(key) + 1;
            return finding with { Fingerprint = Of(finding, occurrence) };
        }
    }

    private static string Of(Finding finding, int occurrence)
    {
        // No part can hold a NUL, so no value of one can imitate another.
        var text = string.Join('\0', finding.Rule, finding.Path ?? "", finding.Anchor.Replace('\0', ' '), occurrence.ToString(CultureInfo.InvariantCulture));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
