namespace GitIntent.Reliability.Tests.Stores;

public class StoreUriTests
{
    [Theory]
    [InlineData("memory:", "memory:")]
    [InlineData("MEMORY:?tenant=acme", "memory:?tenant=acme")]
    [InlineData("sqlite:.arv/state.db", "sqlite:.arv/state.db")]
    [InlineData("sqlite:/a/b c%3F.db?mode=ro&tenant=t", "sqlite:/a/b c?.db?tenant=t&mode=ro")]
    [InlineData(@"sqlite:C:\x\y.db", @"sqlite:C:\x\y.db")]
    [InlineData("redis://h", "redis://h")]
    [InlineData("rediss://u:p%40ss@h:6380/2?prefix=arv", "rediss://u:[redacted]@h:6380/2?prefix=arv")]
    [InlineData("redis://[::1]:6379", "redis://[::1]:6379")]
    [InlineData("postgres://u:s3cret@db.example/arv?schema=arv", "postgres://u:[redacted]@db.example/arv?schema=arv")]
    [InlineData("firestore://project/db", "firestore://project/db")]
    [InlineData("assembly:bin/My.dll", "assembly:bin/My.dll")]
    public void A_URI_of_the_grammar_is_read_and_shown_without_its_password(string text, string shown) => StoreUri.Parse(text).ToString().ShouldBe(shown);

    [Fact]
    public void Its_parts_are_decoded()
    {
        var uri = StoreUri.Parse("rediss://u%3A:p%40ss@h:6380/2?prefix=a%26b");
        (uri.Scheme, uri.User, uri.Password, uri.Host, uri.Port, uri.Path, uri.Prefix).ShouldBe(("rediss", "u:", "p@ss", "h", 6380, "2", "a&b"));
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("", "empty")]
    [InlineData("state.db", "without a scheme")]
    [InlineData("mysql://h/db", "unknown scheme \"mysql\"")]
    [InlineData("memory:x", "takes no path")]
    [InlineData("sqlite:", "names no path")]
    [InlineData("sqlite:a?mode=rw", "mode")]
    [InlineData("sqlite:a?tennant=x", "unknown key \"tennant\"")]
    [InlineData("sqlite:a?prefix=x", "unknown key \"prefix\"")]
    [InlineData("sqlite:a?tenant=x&tenant=y", "twice")]
    [InlineData("sqlite:a?tenant=", "tenant is empty")]
    [InlineData("sqlite:a\0", "control character")]
    [InlineData("redis:h", "no //")]
    [InlineData("redis://", "names no host")]
    [InlineData("redis://u:hunter2@", "names no host")]
    [InlineData("redis://u:hunter2@h:99999", "port")]
    [InlineData("redis://u:hunter2@h/x", "no number")]
    [InlineData("postgres://u:hunter2@h", "no database")]
    [InlineData("firestore://u:hunter2@p", "no user")]
    [InlineData("redis://u:hunter2@h?password=hunter2", "unknown key \"password\"")]
    public void What_is_none_is_refused_with_what_was_expected_and_without_the_password(string? text, string says)
    {
        var e = Should.Throw<GwiValidationException>(() => StoreUri.Parse(text));
        e.Message.ShouldContain(says);
        e.ToJson().ShouldNotContain("hunter2");
    }
}
