namespace GitIntent.Reliability.Tests.Resume;

public class CheckpointFormat
{
    [Fact]
    public void A_newer_format_is_refused_by_name() =>
        Should.Throw<GwiException>(() => CheckpointJson.Read("run", new(1, """{"format":2,"checkpoint":{}}"""))).ShouldSatisfyAllConditions(
            e => e.Code.ShouldBe(ErrorCode.ConfigurationError), e => e.Message.ShouldContain("format 2"));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"format":"x"}""")]
    [InlineData("""{"format":1}""")]
    [InlineData("""{"format":1,"checkpoint":{"runId":"r"}}""")]
    public void A_damaged_one_is_refused_by_name(string json) =>
        Should.Throw<GwiException>(() => CheckpointJson.Read("run-9", new(1, json))).Message.ShouldContain("run-9");
}
