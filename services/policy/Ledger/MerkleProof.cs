namespace Ecosystem.Policy.Ledger;

/// <summary>Audit paths (RFC 6962, section 2.1.1).</summary>
internal static class MerkleProof
{
    /// <summary>The path of a leaf in the tree of the first <paramref name="size"/> leaves, from the leaf upwards.</summary>
    /// <param name="node">Finds the root of a perfect subtree by level and position.</param>
    public static async Task<IReadOnlyList<byte[]>> PathAsync(long index, long size, Func<int, long, Task<byte[]>> node)
    {
        var path = new List<byte[]>();
        var (start, count) = (0L, size);
        while (count > 1)
        {
            var left = LargestPowerOfTwoBelow(count);
            if (index - start < left)
            {
                path.Add(await HashAsync(start + left, count - left, node));
                count = left;
            }
            else
            {
                path.Add(await HashAsync(start, left, node));
                start += left;
                count -= left;
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>The root that a leaf and its path lead to (RFC 9162, section 2.1.3.2); null when the path has the wrong length.</summary>
    public static byte[]? RootOf(byte[] leafHash, long index, long size, IReadOnlyList<byte[]> path)
    {
        if (index < 0 || index >= size)
            return null;
        var (hash, position, last) = (leafHash, index, size - 1);
        foreach (var sibling in path)
        {
            if (last == 0)
                return null;
            if ((position & 1) == 1 || position == last)
            {
                hash = MerkleHash.OfNode(sibling, hash);
                while ((position & 1) == 0 && position != 0)
                {
                    position >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                hash = MerkleHash.OfNode(hash, sibling);
            }

            position >>= 1;
            last >>= 1;
        }

        return last == 0 ? hash : null;
    }

    /// <summary>What leads from the first <paramref name="first"/> leaves to the first <paramref name="second"/> (RFC 6962, section 2.1.2).</summary>
    /// <param name="node">Finds the root of a perfect subtree by level and position.</param>
    public static async Task<IReadOnlyList<byte[]>> ConsistencyAsync(long first, long second, Func<int, long, Task<byte[]>> node)
    {
        var path = new List<byte[]>();
        var (start, count, kept, isWhole) = (0L, second, first, true);
        while (kept < count)
        {
            var left = LargestPowerOfTwoBelow(count);
            if (kept <= left)
            {
                path.Add(await HashAsync(start + left, count - left, node));
                count = left;
            }
            else
            {
                path.Add(await HashAsync(start, left, node));
                start += left;
                count -= left;
                kept -= left;
                isWhole = false;
            }
        }

        // Who asks knows the root of the first leaves; a subtree that is all of them goes without saying.
        if (!isWhole)
            path.Add(await HashAsync(start, count, node));
        path.Reverse();
        return path;
    }

    /// <summary>The tree hash of the leaves from <paramref name="start"/> on; the start is always a multiple of the largest subtree in it.</summary>
    public static async Task<byte[]> HashAsync(long start, long count, Func<int, long, Task<byte[]>> node)
    {
        if (count == 0)
            return MerkleHash.OfNothing;
        if (long.IsPow2(count))
        {
            var level = (int)long.Log2(count);
            return await node(level, start >> level);
        }

        var split = LargestPowerOfTwoBelow(count);
        var left = await HashAsync(start, split, node);
        var right = await HashAsync(start + split, count - split, node);
        return MerkleHash.OfNode(left, right);
    }

    private static long LargestPowerOfTwoBelow(long count) => 1L << (int)long.Log2(count - 1);
}
