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
    [InlineData("""{"private_key": "-----BEGIN PRIVATE KEY-----\nMIIEvQ+/\n-----END PRIVATE KEY-----\n", "a": 1}""", """{"private_key": "***", "a": 1}""")]
    [InlineData("https://0123456789abcdef0123@github.com/a/b", "https://***@github.com/a/b")]
    [InlineData("https://h/x?a=1&access_token=abcdef123&b=2", "https://h/x?a=1&access_token=***&b=2")]
    [InlineData("AccountName=a;AccountKey=abcdefghijklmnopqrstuvwxyz==;Endpoint=b", "AccountName=a;AccountKey=***;Endpoint=b")]
    [InlineData("sk-" + "ant-" + "abcdefghijklmnop1234", "***")]
    [InlineData("https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX", "https://***")]
    [InlineData("SG.abcdefghijklmnopqrstuv.abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq", "***")]
    [InlineData("disk-usage-of-all-the-projects-here, task-management, git@github.com:a/b", "disk-usage-of-all-the-projects-here, task-management, git@github.com:a/b")]
    [InlineData("a password is none: https://host:8080/a@b", "a password is none: https://host:8080/a@b")]
    [InlineData("ghp_short, AKIA, xoxb-", "ghp_short, AKIA, xoxb-")]
    [InlineData("the shortest: xoxb-abcdefghij", "the shortest: ***")]
    [InlineData("the pattern AKIA[0-9A-Z]{16}|ghp_[0-9A-Za-z]{36}|xox[bp]-[0-9A-Za-z-]{10,}", "the pattern AKIA[0-9A-Z]{16}|ghp_[0-9A-Za-z]{36}|xox[bp]-[0-9A-Za-z-]{10,}")]
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

    [Theory]
    [InlineData("p@ss w\u00F6rd/?", "p%40ss%20w%C3%B6rd%2F%3F")]
    [InlineData("quoted\"value", "quoted\\\"value")]
    public void A_known_value_is_masked_as_addresses_and_documents_spell_it(string secret, string spelled) =>
        new Redactor([secret]).Redact($"<{spelled}>").ShouldBe("<***>");

    [Theory]
    [InlineData("")]
    [InlineData("u")]
    [InlineData("us")]
    [InlineData("x-access-token:")]
    [InlineData("user:")]
    public void A_known_value_is_masked_wherever_it_stands_in_what_was_encoded_in_Base64(string before)
    {
        const string secret = "v?ry>>secret??val~ue";
        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(before + secret + "\nmore"));

        foreach (var text in new[] { encoded, encoded.Replace('+', '-').Replace('/', '_') })
        {
            var redacted = new Redactor([secret]).Redact(text);
            redacted.ShouldContain("***");
            redacted.Length.ShouldBeLessThan(text.Length - 20);
            new Redactor(["another-secret-value"]).Redact(text).ShouldBe(text);
        }
    }

    [Theory]
    [InlineData("NPM_TOKEN", "abcdef-123")]
    [InlineData("AWS_SECRET_ACCESS_KEY", "/abcdef+123")]
    [InlineData("npm_config__authToken", "abcdef-123")]
    [InlineData("PGPASSWORD", "Tr0ub4dor")]
    [InlineData("GITHUB_TOKEN", "abcdef:123")]
    public void A_variable_that_is_called_a_secret_is_one(string name, string value) =>
        ChildEnvironment.Secrets([new(name, value)]).ShouldBe([value]);

    [Theory]
    [InlineData("PGPASSWORD", "postgres")]
    [InlineData("API_KEY", "12345678")]
    [InlineData("API_KEY", "short-1")]
    [InlineData("PWD", "/srv/me/projects")]
    [InlineData("OLDPWD", "/srv/me/projects")]
    [InlineData("MONKEY", "a-banana-please")]
    [InlineData("PASSWORD_STORE_DIR", "/srv/me/.store")]
    [InlineData("GITHUB_ACTIONS", "true-or-false")]
    public void Words_that_stand_everywhere_and_other_variables_are_none(string name, string value) =>
        ChildEnvironment.Secrets([new(name, value)]).ShouldBeEmpty();

    [Fact]
    public void The_password_in_any_address_is_a_secret() =>
        ChildEnvironment.Secrets([new("DATABASE_URL", "postgres://me:s3cr3t-word@db/x")]).ShouldBe(["s3cr3t-word"]);

    [Fact]
    public void The_values_of_withheld_variables_are_secrets_and_of_addresses_only_the_password()
    {
        var secrets = ChildEnvironment.Secrets([
            new("GITHUB_TOKEN", "t0ken-value"), new("ARV_STATE", "redis://user:p%40ss-word@localhost:6379/0"), new("ARV_TARGET", "memory:"), new("HOME", "/root")]);

        secrets.ShouldBe(["t0ken-value", "p%40ss-word", "p@ss-word"]);
    }
}
