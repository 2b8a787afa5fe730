using System.Globalization;
using System.Security.Cryptography;

namespace GitIntent.Reliability;

/// <summary>The secret that proves ownership of a lock or of an execution: 128 random bits. Whoever has it may release, extend or complete.</summary>
/// <remarks><see cref="ToString"/> does not show it, so that no log does; <see cref="Reveal"/> does.</remarks>
public readonly struct OwnerToken : IEquatable<OwnerToken>
{
    [ThreadStatic] private static Pool? t_pool;

    private readonly UInt128 _value;

    private OwnerToken(UInt128 value) => _value = value;

    /// <summary>Whether this is no token at all, the <c>default</c>.</summary>
    public bool IsEmpty => _value == UInt128.Zero;

    /// <summary>A new token from the system's random numbers.</summary>
    public static OwnerToken Create()
    {
        var pool = t_pool ??= new Pool();
        return new OwnerToken(pool.Next());
    }

    /// <summary>The token whose <see cref="Reveal"/> is <paramref name="text"/>.</summary>
    /// <exception cref="GwiValidationException">It is not 32 hexadecimal digits, or all zero.</exception>
    public static OwnerToken Parse(string? text) =>
        text is { Length: 32 } && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && value != UInt128.Zero
            ? new OwnerToken(value)
            : throw GwiValidationException.ForField("ownerToken", "ownerToken is not a token: 32 hexadecimal digits are expected, as Reveal() gives them.");

    /// <summary>The secret as 32 hexadecimal digits, to hand it to another process or to a store.</summary>
    public string Reveal() => _value.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Not the secret.</summary>
    public override string ToString() => IsEmpty ? "(none)" : Redactor.Mark;

    /// <inheritdoc/>
    public bool Equals(OwnerToken other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is OwnerToken other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <summary>Whether both are the same token.</summary>
    public static bool operator ==(OwnerToken left, OwnerToken right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(OwnerToken left, OwnerToken right) => !left.Equals(right);

    internal OwnerToken Checked()
    {
        if (IsEmpty)
            throw GwiValidationException.ForField("ownerToken", "ownerToken is empty. Pass the token of the handle.");
        return this;
    }

    /// <summary>One call of the system's generator costs more than a whole lock; it is asked for many tokens at once, and a token is wiped when it is given out.</summary>
    private sealed class Pool
    {
        private readonly byte[] _bytes = new byte[2048];
        private int _at = 2048;

        public UInt128 Next()
        {
            UInt128 value;
            do
            {
                if (_at == _bytes.Length)
                {
                    RandomNumberGenerator.Fill(_bytes);
                    _at = 0;
                }

                var slice = _bytes.AsSpan(_at, 16);
                value = System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(slice);
                slice.Clear();
                _at += 16;
            }
            while (value == UInt128.Zero);
            return value;
        }
    }
}
