using System.Security.Cryptography;

namespace Ecosystem.AppHost.Demo;

/// <summary>
/// Recomputes the Merkle tree hash of a ledger from its exported leaves (RFC 6962 section 2.1). Written apart from the
/// service's own code on purpose: whoever verifies must not have to trust the one who is verified.
/// </summary>
internal static class LedgerVerification
{
    public static byte[] Root(IReadOnlyList<byte[]> leaves) => leaves.Count switch
    {
        0 => SHA256.HashData([]),
        _ => Subtree(leaves, 0, leaves.Count),
    };

    private static byte[] Subtree(IReadOnlyList<byte[]> leaves, int start, int count)
    {
        if (count == 1)
        {
            return SHA256.HashData([0x00, .. leaves[start]]);
        }

        var left = LargestPowerOfTwoBelow(count);
        return SHA256.HashData([0x01, .. Subtree(leaves, start, left), .. Subtree(leaves, start + left, count - left)]);
    }

    private static int LargestPowerOfTwoBelow(int count)
    {
        var power = 1;
        while (power << 1 < count)
        {
            power <<= 1;
        }

        return power;
    }
}
