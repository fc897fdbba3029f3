using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ecosystem.Policy.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Range = Ecosystem.Policy.V1.Deletion.Types.Range;

namespace Ecosystem.Policy.Ledger;

/// <summary>The proof that content was deleted by this service: a signed record, itself an entry of the log.</summary>
internal static class LedgerDeletion
{
    public const string Kind = "ENTRIES_DELETED";

    /// <summary>The record of the deletion of these entries, in their order.</summary>
    public static LedgerRecord Sign(IReadOnlyList<LedgerEntryDocument> entries, string reason, LedgerKey key, DateTimeOffset now)
    {
        var deletion = new Deletion { Ranges = { RangesOf(entries) }, LeafHashesSha256 = ByteString.CopyFrom(HashOf(entries.Select(entry => entry.LeafHash))), Reason = reason, KeyId = key.Id };
        var time = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        deletion.Signature = ByteString.CopyFrom(key.Sign(TextOf(deletion, time)));
        return new() { Kind = Kind, Time = time.ToTimestamp(), Deletion = deletion };
    }

    /// <summary>Whether an entry tells that others before it lost their content.</summary>
    public static bool TellsOf(this LedgerEntryDocument entry, long first, long last) =>
        entry.Record is { Kind: Kind, Deletion: { } deletion } && last < entry.Index && deletion.Ranges.Any(range => range.First <= first && last <= range.Last);

    /// <summary>Whether the record was signed with this key, or with one used before.</summary>
    public static bool IsSigned(this LedgerEntryDocument entry, LedgerKey key) =>
        entry.Record is { Deletion: { } deletion, Time: { } time }
        && key.HasSigned(deletion.KeyId, TextOf(deletion, time.ToDateTimeOffset()), deletion.Signature.Span);

    public static byte[] HashOf(IEnumerable<byte[]> leafHashes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var leafHash in leafHashes)
            hash.AppendData(leafHash);
        return hash.GetHashAndReset();
    }

    private static byte[] TextOf(Deletion deletion, DateTimeOffset time) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"ecosystem-ledger-deletion/v1\n{time.ToUnixTimeSeconds()}\n{string.Concat(deletion.Ranges.Select(Line))}{deletion.LeafHashesSha256.ToBase64()}\n"));

    private static string Line(Range range) => string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}\n");

    private static IEnumerable<Range> RangesOf(IReadOnlyList<LedgerEntryDocument> entries)
    {
        Range? open = null;
        foreach (var entry in entries)
        {
            if (open is not null && open.Last + 1 == entry.Index)
            {
                open.Last++;
                continue;
            }

            if (open is not null)
                yield return open;
            open = new() { First = entry.Index, Last = entry.Index };
        }

        if (open is not null)
            yield return open;
    }
}
