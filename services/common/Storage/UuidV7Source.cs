using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ecosystem.Storage;

/// <summary>
/// UUID version 7 with a 42-bit counter behind the time (RFC 9562, section 6.2, method 1): seeded at random in each
/// new millisecond, incremented within it. When the clock goes backwards the last time seen stays in use.
/// </summary>
internal sealed class UuidV7Source(TimeProvider time) : IIdSource
{
    private const int CounterBits = 42;
    private const long CounterLimit = 1L << CounterBits;

    private readonly Lock _gate = new();
    private long _milliseconds;
    private long _counter;

    public string Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        var seed = BinaryPrimitives.ReadInt64LittleEndian(bytes) & (CounterLimit / 2 - 1); // the upper half is room to count

        var (milliseconds, counter) = Advance(seed);
        BinaryPrimitives.WriteInt64BigEndian(bytes, milliseconds << 16);
        bytes[6] = (byte)(0x70 | (counter >> 38 & 0x0F));
        bytes[7] = (byte)(counter >> 30);
        bytes[8] = (byte)(0x80 | (counter >> 24 & 0x3F));
        bytes[9] = (byte)(counter >> 16);
        bytes[10] = (byte)(counter >> 8);
        bytes[11] = (byte)counter;
        return new Guid(bytes, bigEndian: true).ToString();
    }

    private (long Milliseconds, long Counter) Advance(long seed)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_gate)
        {
            if (now > _milliseconds)
            {
                (_milliseconds, _counter) = (now, seed);
            }
            else if (++_counter == CounterLimit)
            {
                (_milliseconds, _counter) = (_milliseconds + 1, seed);
            }

            return (_milliseconds, _counter);
        }
    }
}
