using GitIntent.Arv.Scope;

namespace GitIntent.Arv.Tests.Running;

public sealed class SecretsInOutput
{
    [Theory]
    [InlineData("token ghp_abcdefghijklmnopqrstuvwxyz0123456789.", "token ***.")]
    [InlineData("github_pat_11ABCDEFG0abcdefghijklmnopqrstuvwxyz", "***")]
    [InlineData("xoxb-123456789012-abcdefghij", "***")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "***")]
    [InlineData("Authorization: Bearer abc.def", "Authorization: Bearer ***")]
    [InlineData("postgres://me:s3cr3t@host/db", "postgres://me:***@host/db")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "***")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIB+/=\nabc", "***")]
    [InlineData("npm_abcdefghijklmnopqrstuvwxyz0123456789", "***")]
    [InlineData("a password is none: https://host:8080/a@b", "a password is none: https://host:8080/a@b")]
    [InlineData("ghp_short, AKIA, xoxb-", "ghp_short, AKIA, xoxb-")]
    public void Shapes_of_tokens_are_masked_and_nothing_else(string text, string redacted) =>
        Redactor.ShapesOnly.Redact(text).ShouldBe(redacted);

    [Fact]
    public void Known_values_are_masked_the_longest_first_and_line_by_line()
    {
        var redactor = new Redactor(["abcdef", "abcdefghij", "first-line\nsecond-line", "short"]);

        redactor.Redact("abcdefghij abcdef second-line short").ShouldBe("*** *** *** short");
        redactor.Knows("x abcdef").ShouldBeTrue();
        redactor.Knows("short").ShouldBeFalse();
    }

    [Fact]
    public void The_values_of_withheld_variables_are_secrets_and_of_addresses_only_the_password()
    {
        var secrets = ChildEnvironment.Secrets([
            new("GITHUB_TOKEN", "t0ken-value"), new("ARV_STATE", "redis://user:p%40ss-word@localhost:6379/0"), new("ARV_TARGET", "memory:"), new("HOME", "/root")]);

        secrets.ShouldBe(["t0ken-value", "p%40ss-word", "p@ss-word"]);
    }
}
