namespace GitIntent.Reliability.Tests.Idempotency;

public sealed class InputsThatLookAlike
{
    [Theory]
    [InlineData("\uD800")]
    [InlineData("\uDBFF")]
    [InlineData("a\uDC00b")]
    [InlineData("\uFFFD")]
    public void An_input_that_the_serialiser_would_write_like_another_is_refused(string text) =>
        Should.Throw<GwiValidationException>(() => IdempotencyKey.CreateFrom("run-1", "step-1", "charge", new { Note = text })).Message.ShouldContain("U+FFFD");

    [Fact]
    public void A_whole_pair_and_a_backslash_are_good() =>
        IdempotencyKey.CreateFrom("run-1", "step-1", "charge", new { Note = "\U0001F600 \\uFFFD" }).ShouldNotBe(
            IdempotencyKey.CreateFrom("run-1", "step-1", "charge", new { Note = "\U0001F601 \\uFFFD" }));
}
