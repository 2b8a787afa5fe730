using System.Text;
using System.Text.RegularExpressions;
using GitIntent.Arv.Scope;

namespace GitIntent.Arv.Tests.Running;

public sealed class TokensByTable
{
    /// <summary>What the table stands for, as one expression.</summary>
    private static readonly Regex Expression = new(
        """
        gh[opsur]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,}|gl(?:pat|dt|rt|ptt|cbt|soat)-[A-Za-z0-9_-]{20,}|npm_[A-Za-z0-9]{30,}
        |pypi-AgE[A-Za-z0-9_-]{20,}|dckr_pat_[A-Za-z0-9_-]{20,}|hf_[A-Za-z0-9]{30,}
        |xox[abeoprs]-[A-Za-z0-9-]{10,}|xapp-[0-9]-[A-Za-z0-9-]{10,}|hooks\.slack\.com/services/[A-Za-z0-9/_-]{20,}
        |(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{35}|GOCSPX-[A-Za-z0-9_-]{20,}|ya29\.[A-Za-z0-9_-]{20,}
        |[rs]k_live_[A-Za-z0-9]{16,}|\bsk-(?:ant|proj|svcacct)-[A-Za-z0-9_-]{16,}|\bsk-[A-Za-z0-9]{32,}
        |SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}|do[opr]_v1_[a-f0-9]{64}|\boy2[a-z0-9]{43}|AGE-SECRET-KEY-1[A-Z0-9]{50,}
        """.ReplaceLineEndings(""), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static readonly string[] Beginnings =
    [
        "gho_", "ghp_", "github_pat_", "glpat-", "glsoat-", "npm_", "pypi-AgE", "dckr_pat_", "hf_", "xoxb-", "xoxs-", "xapp-7-", "hooks.slack.com/services/", "AKIA",
        "ASIA", "AIza", "GOCSPX-", "ya29.", "rk_live_", "sk_live_", "sk-ant-", "sk-svcacct-", "sk-", "SG.", "dop_v1_", "oy2", "AGE-SECRET-KEY-1",
    ];

    private static readonly string[] Between = ["", " ", ".", "-", "_", "a", "Z", "\n", "/", "SG.", "sk", "x"];

    private static readonly string[] Characters = ["abcdef0123456789", "ABCDEFXYZ0189", "abcxyzABCXYZ0189", "abcABC019_-", "aB3-", "ab9"];

    [Fact]
    public void Every_beginning_makes_a_token_when_enough_follows_it()
    {
        foreach (var beginning in Beginnings)
        {
            var token = beginning + (beginning == "SG." ? $"{new string('0', 22)}.{new string('0', 43)}" : new string('0', 64));
            Redactor.ShapesOnly.Redact($"<{beginning}0>").ShouldBe($"<{beginning}0>");
            Redactor.ShapesOnly.Redact($"<{token}>").ShouldStartWith("<***");
        }
    }

    [Fact]
    public void The_table_masks_what_the_expression_matches()
    {
        var random = new Random(7);
        var masked = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = Text(random);
            var expected = Expression.Replace(text, "***");
            TokenShapes.Mask(text, "***").ShouldBe(expected, text);
            masked += expected == text ? 0 : 1;
        }
        masked.ShouldBeInRange(2_000, 18_000);
    }

    [Fact]
    public void A_text_of_nothing_but_beginnings_is_looked_at_in_linear_time()
    {
        var text = string.Concat(Enumerable.Repeat("xoxb-sk-ghp_", 200_000));
        TokenShapes.Mask(text, "***").Length.ShouldBeLessThanOrEqualTo(text.Length);
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (var parts = random.Next(1, 5); parts > 0; parts--)
        {
            text.Append(Between[random.Next(Between.Length)]).Append(Beginnings[random.Next(Beginnings.Length)]);
            var of = Characters[random.Next(Characters.Length)];
            for (var length = random.Next(4) == 0 ? random.Next(70) : 16 + random.Next(6) * 8 + random.Next(-1, 2); length > 0; length--)
                text.Append(of[random.Next(of.Length)]);
            if (random.Next(3) == 0)
                text.Append('.').Append('b', 42 + random.Next(3));
        }
        return text.ToString();
    }
}
