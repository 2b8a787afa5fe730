using GitIntent.Arv.Schemas;

namespace GitIntent.Arv.Tests.Kinds.Data;

public class DataNumberTests
{
    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("100", "1e2")]
    [InlineData("0.001", "1E-3")]
    [InlineData("-0", "0.0e5")]
    [InlineData("12345678901234567890123.0", "12345678901234567890123")]
    [InlineData("0x1F", "31")]
    [InlineData("0o17", "15")]
    [InlineData("0b101", "5")]
    [InlineData("+1", "1")]
    [InlineData(".5", "0.50")]
    [InlineData("-.inf", "-inf")]
    public void Equal_numbers_are_equal_however_they_are_written(string a, string b) => DataNumber.Parse(a).ShouldBe(DataNumber.Parse(b));

    [Theory]
    [InlineData("-1e999999999999999999999", "-2", "-1.5", "-1e-9", "0", "1e-999", "0.1", "0.11", "9", "10", "1e400", "1.0000000001e400", "1e401", "1e999999999999", ".inf")]
    public void Numbers_of_any_size_are_ordered(params string[] ascending)
    {
        for (var i = 1; i < ascending.Length; i++)
        {
            DataNumber.Parse(ascending[i - 1]).CompareTo(DataNumber.Parse(ascending[i])).ShouldBeLessThan(0, ascending[i]);
            DataNumber.Parse(ascending[i]).CompareTo(DataNumber.Parse(ascending[i - 1])).ShouldBeGreaterThan(0, ascending[i]);
        }
    }

    [Theory]
    [InlineData("4.35", "0.01", true)]
    [InlineData("0.3", "0.1", true)]
    [InlineData("1e400", "7", false)]
    [InlineData("7e400", "7", true)]
    [InlineData("1e1000000000", "8", true)]
    [InlineData("-9", "3", true)]
    [InlineData("0", "3", true)]
    [InlineData("0.5", "1", false)]
    [InlineData("10", "2.5", true)]
    [InlineData(".inf", "1", false)]
    public void Multiples_are_exact(string value, string divisor, bool expected) => DataNumber.Parse(value).IsMultipleOf(DataNumber.Parse(divisor)).ShouldBe(expected);

    [Fact]
    public void A_very_long_number_is_not_divided() =>
        Should.Throw<SchemaRunException>(() => DataNumber.Parse(new string('1', 5001)).IsMultipleOf(DataNumber.Parse("7")));

    [Fact]
    public void A_very_long_number_that_is_not_decimal_is_not_read() =>
        Should.Throw<SchemaRunException>(() => DataNumber.Parse("0x" + new string('f', 5001)));
}
