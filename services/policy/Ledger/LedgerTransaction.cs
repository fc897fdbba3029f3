using System.Text;
using Ecosystem.Policy.V1;
using Ecosystem.Storage;
using Google.Protobuf;

namespace Ecosystem.Policy.Ledger;

/// <summary>A unit of work that appends to the log.</summary>
internal sealed class LedgerTransaction(IDocumentSession session, LedgerHeadDocument head)
{
    private readonly MerkleFrontier _frontier = new(head.Size, head.Frontier);

    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    public IDocumentSession Session => session;

    /// <summary>The agreements that are not as before once this is saved; their watchers will be told.</summary>
    public IReadOnlyCollection<string> ChangedAgreements => _changed;

    /// <summary>The number that the next entry gets.</summary>
    public long Next => _frontier.Size;

    /// <summary>Appends an entry and returns its number.</summary>
    public long Append(LedgerRecord record) => Append(record, [record.HolderId, record.UserId]);

    /// <summary>Appends an entry that concerns the given organisations.</summary>
    public long Append(LedgerRecord record, IEnumerable<string> parties)
    {
        var index = _frontier.Size;
        _changed.Add(record.AgreementId);
        var leaf = Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(record));
        var hash = MerkleHash.OfLeaf(leaf);
        session.Store(new LedgerEntryDocument
        {
            Id = LedgerEntryDocument.IdOf(index),
            Index = index,
            Leaf = leaf,
            LeafHash = hash,
            Record = record,
            Parties = [.. parties.Where(party => party.Length > 0).Distinct(StringComparer.Ordinal)],
        });
        foreach (var node in _frontier.Append(hash))
            session.Store(new LedgerNodeDocument { Id = LedgerNodeDocument.IdOf(node.Level, node.Position), Hash = node.Hash });
        head.Size = _frontier.Size;
        head.Frontier = [.. _frontier.Roots];
        session.Store(head);
        return index;
    }
}
