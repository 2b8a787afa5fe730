using System.Text.Json;
using System.Text.Json.Serialization;
using CsCheck;

namespace GitIntent.Reliability.Tests.Idempotency;

public partial class KeyTests
{
    [Fact]
    public void The_same_parts_and_input_give_the_same_readable_key()
    {
        var key = IdempotencyKey.CreateFrom("run", "step", "op", new { b = 2, a = 1 });
        key.ShouldBe(IdempotencyKey.CreateFrom("run", "step", "op", new { a = 1, b = 2 }));
        key.Value.ShouldStartWith("idem:v1:run:step:op:");
        key.InputHash.Length.ShouldBe(64);
        IdempotencyKey.Create("run", "step", "op", Json("""{"a":1,"b":2.0}""")).ShouldBe(key);
    }

    [Fact]
    public void Nested_differences_count()
    {
        string[] inputs = ["""{"a":{"b":[1,{"c":1}]}}""", """{"a":{"b":[1,{"c":2}]}}""", """{"a":{"b":[{"c":1},1]}}""", """{"a":{}}""", "{}", "[]", "null", "\"\"", "0", "false", "9007199254740993", "9007199254740992"];
        inputs.Select(i => IdempotencyKey.Create("r", "s", "o", Json(i)).Value).Distinct().Count().ShouldBe(inputs.Length);
    }

    [Fact]
    public void No_part_can_imitate_another()
    {
        var part = Gen.String[Gen.OneOf(Gen.Const(':'), Gen.Const('%'), Gen.Const('3'), Gen.Const('A'), Gen.Const('a'), Gen.Const('2'), Gen.Const('5')), 1, 5];
        Gen.Select(part, part, part, part, part, part).Sample((a, b, c, d, e, f) =>
            (IdempotencyKey.Create(a, b, c).Value == IdempotencyKey.Create(d, e, f).Value) == ((a, b, c) == (d, e, f)), iter: 20_000);
        IdempotencyKey.Create("a:b", "c", "d").Value.ShouldNotBe(IdempotencyKey.Create("a", "b:c", "d").Value);
    }

    [Fact]
    public void An_input_without_a_JSON_form_is_a_validation_error()
    {
        Should.Throw<GwiValidationException>(() => IdempotencyKey.CreateFrom("r", "s", "o", double.NaN)).FieldErrors.Keys.ShouldBe(["input"]);
        Should.Throw<GwiValidationException>(() => IdempotencyKey.CreateFrom("r", "s", "o", (Action)(() => { })));
        var cycle = new List<object>();
        cycle.Add(cycle);
        Should.Throw<GwiValidationException>(() => IdempotencyKey.CreateFrom("r", "s", "o", cycle));
        Should.Throw<GwiValidationException>(() => IdempotencyKey.Create("r", "s", "o", default(JsonElement)));
        Should.Throw<GwiValidationException>(() => IdempotencyKey.Create("r", "", "o")).FieldErrors.Keys.ShouldBe(["stepId"]);
        Should.Throw<GwiValidationException>(() => IdempotencyKey.Create("r", "s", "\0")).FieldErrors.Keys.ShouldBe(["operation"]);
    }

    [Fact]
    public void A_generated_serializer_gives_the_same_key_as_reflection() =>
        IdempotencyKey.Create("r", "s", "o", new Order("x", 3), Orders.Default.Order).ShouldBe(IdempotencyKey.CreateFrom("r", "s", "o", new Order("x", 3)));

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;

    internal sealed record Order(string Id, int Count);

    [JsonSerializable(typeof(Order))]
    internal sealed partial class Orders : JsonSerializerContext;
}
