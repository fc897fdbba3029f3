using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Ecosystem.Policy.V1;
using Ecosystem.Storage;
using Google.Protobuf;

namespace Ecosystem.Policy.Ledger;

/// <summary>One entry. The hash is kept beside the bytes, so that a changed entry can be named and not only noticed.</summary>
internal sealed class LedgerEntryDocument
{
    public static readonly DocumentType<LedgerEntryDocument> Type = new DocumentType<LedgerEntryDocument>("ledger_entries", entry => entry.Id)
        .Unique("number", entry => entry.Index)
        .IndexMany("party", entry => entry.Parties)
        .Index("data_asset", entry => entry.Record.DataAssetId)
        .Index("agreement", entry => entry.Record.AgreementId)
        .Index("holder", entry => entry.IsDeleted ? entry.HolderId : entry.Record.HolderId)
        .Index("kind", entry => entry.Record.Kind)
        .Index("decision", entry => entry.Record.DecisionId);

    private static readonly JsonParser Reader = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    private LedgerRecord? _record;

    public required string Id { get; init; }

    public required long Index { get; init; }

    public required byte[] Leaf { get; init; }

    public required byte[] LeafHash { get; init; }

    /// <summary>The organisations the entry concerns: they may read it.</summary>
    public required IReadOnlyList<string> Parties { get; init; }

    /// <summary>The entry that tells of the deletion of the content, once it is deleted.</summary>
    public long? DeletedBy { get; init; }

    /// <summary>Whose data a deleted entry was about: it stays in the holder's view.</summary>
    public string HolderId { get; init; } = "";

    [JsonIgnore]
    public bool IsDeleted => DeletedBy is not null;

    /// <summary>What the bytes say. A damaged or deleted entry says nothing; that it is damaged, its hash tells.</summary>
    [JsonIgnore]
    public LedgerRecord Record
    {
        get => _record ??= Read(Leaf);
        init => _record = value;
    }

    /// <summary>Fixed width, so that the order of ids is the order of numbers.</summary>
    public static string IdOf(long index) => index.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>The same entry without its content; the hash stays, so that every proof does.</summary>
    public LedgerEntryDocument Deleted(long by) => new()
    {
        Id = Id, Index = Index, Leaf = [], LeafHash = LeafHash, Parties = Parties, DeletedBy = by, HolderId = Record.HolderId,
    };

    public bool IsAsHashed() => MerkleHash.OfLeaf(Leaf).AsSpan().SequenceEqual(LeafHash);

    public LedgerEntry ToEntry() => IsDeleted
        ? new() { Index = Index, LeafHash = ByteString.CopyFrom(LeafHash), DeletedBy = DeletedBy!.Value }
        : new() { Index = Index, Leaf = ByteString.CopyFrom(Leaf) };

    private static LedgerRecord Read(byte[] leaf)
    {
        if (leaf.Length == 0)
            return new();
        try
        {
            return Reader.Parse<LedgerRecord>(Encoding.UTF8.GetString(leaf));
        }
        catch (Exception damaged) when (damaged is InvalidProtocolBufferException or InvalidJsonException)
        {
            return new();
        }
    }
}

/// <summary>The root of a perfect subtree above the leaves; written once, when its last leaf arrives.</summary>
internal sealed class LedgerNodeDocument
{
    public static readonly DocumentType<LedgerNodeDocument> Type = new("ledger_nodes", node => node.Id);

    public required string Id { get; init; }

    public required byte[] Hash { get; init; }

    public static string IdOf(int level, long position) => string.Create(CultureInfo.InvariantCulture, $"{level}-{position}");
}

/// <summary>How far the log has come. Every append replaces it, guarded by its etag: so no number is given twice and none is left out.</summary>
internal sealed class LedgerHeadDocument
{
    public const string TheOnlyOne = "head";

    public static readonly DocumentType<LedgerHeadDocument> Type = new("ledger_heads", head => head.Id);

    public string Id { get; init; } = TheOnlyOne;

    public long Size { get; set; }

    public IReadOnlyList<byte[]> Frontier { get; set; } = [];
}
