namespace GitIntent.Reliability.Tests.Idempotency;

public sealed class InputsThatLookAlike
{
    [Theory]
    [InlineData(0xD800)]
    [InlineData(0xDBFF)]
    [InlineData(0x61, 0xDC00, 0x62)]
    [InlineData(0xFFFD)]
    public void An_input_that_the_serialiser_would_write_like_another_is_refused(params int[] units) =>
        Should.Throw<GwiValidationException>(() => IdempotencyKey.CreateFrom("run-1", "step-1", "charge", new { Note = string.Concat(units.Select(u => (char)u)) }))
            .Message.ShouldContain("U+FFFD");

    [Fact]
    public void A_whole_pair_and_a_backslash_are_good() =>
        IdempotencyKey.CreateFrom("run-1", "step-1", "charge", new { Note = "\U0001F600 \\uFFFD" }).ShouldNotBe(
            IdempotencyKey.CreateFrom("run-1", "step-1", "charge", new { Note = "\U0001F601 \\uFFFD" }));
}
