using Ecosystem.Storage;

namespace Ecosystem.Policy.Ledger;

/// <summary>Recomputes the whole log when the service starts: every entry, their numbers, and the root.</summary>
internal sealed partial class LedgerAudit(IDocumentStore store, LedgerHealth health, ILogger<LedgerAudit> log) : BackgroundService
{
    /// <summary>What is wrong with the log, or null.</summary>
    public static async Task<(string Damage, long Index)?> FindDamageAsync(IDocumentStore store, CancellationToken ct)
    {
        await using var session = store.OpenSession();
        var head = await session.LoadAsync<LedgerHeadDocument>(LedgerHeadDocument.TheOnlyOne, ct) ?? new LedgerHeadDocument();
        var frontier = new MerkleFrontier();
        var deletions = new DeletionsSeen();
        await foreach (var entry in session.StreamAsync(DocumentQuery.For(LedgerEntryDocument.Type).OrderBy("number").WithoutTotal(), ct))
        {
            if (frontier.Size == head.Size)
                break;
            if (entry.Index != frontier.Size)
                return ($"entry {frontier.Size} is missing.", frontier.Size);
            if (!entry.IsDeleted && !entry.IsAsHashed())
                return ($"entry {entry.Index} was changed.", entry.Index);
            deletions.Note(entry);
            frontier.Append(entry.LeafHash);
        }

        if (frontier.Size < head.Size)
            return ($"entry {frontier.Size} is missing.", frontier.Size);
        if (deletions.FirstUntold() is { } untold)
            return ($"the content of entry {untold} is gone, and no record tells of its deletion.", untold);
        return frontier.Root().AsSpan().SequenceEqual(new MerkleFrontier(head.Size, head.Frontier).Root())
            ? null
            : ("the entries do not lead to the root: some were replaced together with their hashes.", 0);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await FindDamageAsync(store, stoppingToken) is not { } found)
            return;
        health.Report(found.Damage, found.Index);
        LogDamage(log, found.Damage);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The ledger is not as it was written: {Damage} Nothing is appended until this is resolved.")]
    private static partial void LogDamage(ILogger log, string damage);

    /// <summary>Which entries have no content any more, and which others tell so.</summary>
    private sealed class DeletionsSeen
    {
        private readonly List<(long First, long Last, long By)> _gone = [];
        private readonly Dictionary<long, LedgerEntryDocument> _records = [];

        public void Note(LedgerEntryDocument entry)
        {
            if (entry.DeletedBy is { } by)
            {
                if (_gone is [.., var (first, last, told)] && last + 1 == entry.Index && told == by)
                    _gone[^1] = (first, entry.Index, by);
                else
                    _gone.Add((entry.Index, entry.Index, by));
            }
            else if (entry.Record.Kind == LedgerDeletion.Kind)
            {
                _records[entry.Index] = entry;
            }
        }

        public long? FirstUntold() => _gone
            .Where(gone => !_records.TryGetValue(gone.By, out var record) || !record.TellsOf(gone.First, gone.Last))
            .Select(gone => (long?)gone.First).FirstOrDefault();
    }
}
