namespace Ecosystem.Policy.Ledger;

/// <summary>
/// The right edge of a Merkle tree: the roots of the perfect subtrees that cover all leaves, largest first - one for each 1 bit of the size.
/// Enough to append and to know the root without looking at any leaf again.
/// </summary>
internal sealed class MerkleFrontier
{
    private readonly List<byte[]> _roots;

    public MerkleFrontier(long size = 0, IEnumerable<byte[]>? roots = null)
    {
        Size = size;
        _roots = [.. roots ?? []];
        if (_roots.Count != long.PopCount(size))
            throw new ArgumentException($"A tree of {size} leaves has {long.PopCount(size)} perfect subtrees, not {_roots.Count}.", nameof(roots));
    }

    public long Size { get; private set; }

    public IReadOnlyList<byte[]> Roots => _roots;

    /// <summary>Adds a leaf and returns the inner nodes that it completed, lowest first.</summary>
    public IReadOnlyList<MerkleNode> Append(byte[] leafHash)
    {
        var completed = new List<MerkleNode>();
        var hash = leafHash;
        for (var (level, position) = (0, Size); (position & 1) == 1; position >>= 1)
        {
            hash = MerkleHash.OfNode(_roots[^1], hash);
            _roots.RemoveAt(_roots.Count - 1);
            completed.Add(new(++level, position >> 1, hash));
        }

        _roots.Add(hash);
        Size++;
        return completed;
    }

    public byte[] Root() => _roots.Count == 0
        ? MerkleHash.OfNothing
        : _roots.AsEnumerable().Reverse().Aggregate((right, left) => MerkleHash.OfNode(left, right));
}

/// <summary>The root of a perfect subtree of 2^level leaves; position counts the subtrees of its level from the left.</summary>
internal sealed record MerkleNode(int Level, long Position, byte[] Hash);
