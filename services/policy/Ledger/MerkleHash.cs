using System.Security.Cryptography;

namespace Ecosystem.Policy.Ledger;

/// <summary>The hashes of RFC 6962, section 2.1: leaves and nodes are told apart by their first byte.</summary>
internal static class MerkleHash
{
    public const int Length = SHA256.HashSizeInBytes;

    public static byte[] OfNothing { get; } = SHA256.HashData([]);

    public static byte[] OfLeaf(ReadOnlySpan<byte> leaf)
    {
        var input = new byte[leaf.Length + 1];
        leaf.CopyTo(input.AsSpan(1));
        return SHA256.HashData(input);
    }

    public static byte[] OfNode(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Length)];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Length)..]);
        return SHA256.HashData(input);
    }
}
