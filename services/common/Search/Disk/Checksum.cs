using System.Buffers.Binary;
using System.Numerics;

namespace Ecosystem.Search;

/// <summary>CRC-32C (Castagnoli, as in iSCSI, RFC 3720), which processors compute as fast as memory is read.</summary>
internal static class Checksum
{
    internal static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte one in bytes) sum = BitOperations.Crc32C(sum, one);
        return sum;
    }
}
