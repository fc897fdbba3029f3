using System.Security.Cryptography;
using Ecosystem.Policy.Ledger;
using FsCheck;
using FsCheck.Fluent;

namespace Ecosystem.Policy.Tests;

/// <summary>The Merkle tree against the definition in RFC 6962, on random logs.</summary>
public sealed class MerkleProperties
{
    private static readonly Gen<byte[][]> Log =
        from size in Gen.Choose(1, 70)
        from leaves in Gen.Choose(0, 255).Select(value => new[] { (byte)value }).ListOf(size)
        select leaves.ToArray();

    private static readonly Gen<(byte[][] Log, int Size, int Index)> Place =
        from log in Log
        from size in Gen.Choose(1, log.Length)
        from index in Gen.Choose(0, size - 1)
        select (log, size, index);

    [Fact]
    public void Appending_leads_to_the_root_of_the_definition() => Check(Log, log => Tree.Of(log).Frontier.Root().AsSpan().SequenceEqual(LedgerTests.Root(log)));

    [Fact]
    public void Every_proof_leads_to_the_root_of_its_checkpoint() => Check(Place, place =>
    {
        var path = Tree.Of(place.Log).Path(place.Index, place.Size);
        var root = LedgerTests.Root(place.Log[..place.Size]);
        return MerkleProof.RootOf(MerkleHash.OfLeaf(place.Log[place.Index]), place.Index, place.Size, path)!.AsSpan().SequenceEqual(root)
            && LedgerTests.Climb(place.Log[place.Index], place.Index, place.Size, [.. path]).AsSpan().SequenceEqual(root);
    });

    [Fact]
    public void A_proof_of_another_leaf_or_place_leads_elsewhere() => Check(Place, place =>
    {
        var path = Tree.Of(place.Log).Path(place.Index, place.Size);
        var root = LedgerTests.Root(place.Log[..place.Size]);
        byte[] changed = [(byte)(place.Log[place.Index][0] ^ 1)];
        return MerkleProof.RootOf(MerkleHash.OfLeaf(changed), place.Index, place.Size, path)?.AsSpan().SequenceEqual(root) is not true
            && MerkleProof.RootOf(MerkleHash.OfLeaf(place.Log[place.Index]), place.Index, place.Size, [.. path, root])?.AsSpan().SequenceEqual(root) is not true;
    });

    [Fact]
    public void The_empty_log_has_the_hash_of_nothing() => Assert.Equal(SHA256.HashData([]), new MerkleFrontier().Root());

    private static void Check<T>(Gen<T> generator, Func<T, bool> holds) =>
        Prop.ForAll(generator.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private sealed record Tree(MerkleFrontier Frontier, Dictionary<(int Level, long Position), byte[]> Nodes)
    {
        public static Tree Of(byte[][] log)
        {
            var tree = new Tree(new(), []);
            foreach (var leaf in log)
            {
                var hash = MerkleHash.OfLeaf(leaf);
                tree.Nodes[(0, tree.Frontier.Size)] = hash;
                foreach (var node in tree.Frontier.Append(hash))
                    tree.Nodes[(node.Level, node.Position)] = node.Hash;
            }

            return tree;
        }

        public IReadOnlyList<byte[]> Path(long index, long size) =>
            MerkleProof.PathAsync(index, size, (level, position) => Task.FromResult(Nodes[(level, position)])).GetAwaiter().GetResult();
    }
}
