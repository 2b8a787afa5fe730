using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GitIntent.Reliability.Tests.Idempotency;

public class CanonicalJsonTests
{
    /// <summary>The files of https://github.com/cyberphone/json-canonicalization, the RFC's own test data.</summary>
    [Theory]
    [InlineData("arrays")]
    [InlineData("french")]
    [InlineData("structures")]
    [InlineData("unicode")]
    [InlineData("values")]
    [InlineData("weird")]
    public void The_published_vectors_come_out_byte_by_byte(string name) =>
        Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Read(name + ".input"))).ShouldBe(Encoding.UTF8.GetString(Read(name + ".output")).TrimEnd('\n'));

    /// <summary>RFC 8785, appendix B.</summary>
    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Numbers_are_written_as_ECMAScript_does(string bits, string text) =>
        EcmaNumber.Format(BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture))).ShouldBe(text);

    /// <summary>The generated sequence of the RFC's test data, and its published checksums.</summary>
    [Theory]
    [InlineData(1_000, "be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687")]
    [InlineData(10_000, "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892")]
    [InlineData(100_000, "22776e6d4b49fa294a0d0f349268e5c28808fe7e0cb2bcbe28f63894e494d4c7")]
    public void The_published_number_sequence_has_the_published_checksum(int lines, string checksum)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var bits in NumberSequence.Values().Take(lines))
            sha.AppendData(Encoding.ASCII.GetBytes($"{bits:x},{EcmaNumber.Format(BitConverter.UInt64BitsToDouble(bits))}\n"));
        Convert.ToHexStringLower(sha.GetHashAndReset()).ShouldBe(checksum);
    }

    [Theory]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("-123456789012345678901234567890", "-123456789012345678901234567890")]
    [InlineData("-0", "0")]
    [InlineData("9007199254740993.0", "9007199254740992")]
    [InlineData("1.0", "1")]
    public void An_integer_literal_keeps_its_exact_text_however_long(string json, string canonical) =>
        Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json))).ShouldBe(canonical);

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":{"b":1,"\u0062":2}}""")]
    [InlineData("""["\ud800"]""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("1e400")]
    [InlineData("[1,]")]
    [InlineData("1 2")]
    [InlineData("")]
    [InlineData("// x\n1")]
    public void What_has_no_canonical_form_is_refused(string json) =>
        Should.Throw<GwiValidationException>(() => CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Bytes_that_are_no_UTF8_and_endless_nesting_are_refused()
    {
        Should.Throw<GwiValidationException>(() => CanonicalJson.Canonicalize([(byte)'"', 0xFF, (byte)'"']));
        Should.Throw<GwiValidationException>(() => CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(new string('[', 100_000))));
        CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(new string('[', 128) + new string(']', 128))).Length.ShouldBe(256);
    }

    [Fact]
    public void The_form_of_a_form_is_itself()
    {
        foreach (var name in new[] { "arrays", "french", "structures", "unicode", "values", "weird" })
        {
            var once = CanonicalJson.Canonicalize(Read(name + ".input"));
            CanonicalJson.Canonicalize(once).ShouldBe(once);
        }
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(CanonicalJsonTests).Assembly.GetManifestResourceStream($"Idempotency/Cases/rfc8785/{name}.json").ShouldNotBeNull();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
