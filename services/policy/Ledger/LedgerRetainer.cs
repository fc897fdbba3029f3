using System.Globalization;
using Ecosystem.Policy.V1;
using Ecosystem.Storage;
using Microsoft.Extensions.Options;

namespace Ecosystem.Policy.Ledger;

/// <summary>Takes the content from entries whose retention is over, and puts a signed record of that into the log.</summary>
internal sealed partial class LedgerRetainer(
    LedgerLog ledger, LedgerKey key, IOptions<LedgerRetentionOptions> options, TimeProvider time, ILogger<LedgerRetainer> log) : BackgroundService
{
    private const int MostAtOnce = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Deletes what is over now and returns how many entries that were.</summary>
    public async Task<int> DeleteAsync(CancellationToken ct)
    {
        (string Name, TimeSpan? Retention, string[] Kinds)[] groups = [("uses", options.Value.Uses, ["USE_", "DUTY_"]), ("agreements", options.Value.Agreements, ["AGREEMENT_"])];
        var deleted = 0;
        foreach (var (name, retention, kinds) in groups)
        {
            if (retention is not { } kept)
                continue;
            bool IsOfGroup(LedgerRecord record) => kinds.Any(kind => record.Kind.StartsWith(kind, StringComparison.Ordinal));
            for (var isMore = true; isMore;)
            {
                (var some, isMore) = await ledger.ChangeAsync(transaction => DeleteSomeAsync(name, kept, IsOfGroup, transaction, ct), ct);
                deleted += some;
            }
        }

        return deleted;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await DeleteAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // The next round begins where this one did.
                LogFailure(log, problem);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // Entries are in the order of time: the first that is too young ends the search, and what was looked at need not be again.
    private async Task<(int Deleted, bool IsMore)> DeleteSomeAsync(string group, TimeSpan retention, Func<LedgerRecord, bool> isOfGroup, LedgerTransaction transaction, CancellationToken ct)
    {
        var session = transaction.Session;
        var now = time.GetUtcNow();
        var reached = await session.LoadAsync<LedgerRetentionDocument>(group, ct) ?? new LedgerRetentionDocument { Id = group };
        var query = DocumentQuery.For(LedgerEntryDocument.Type).WhereRange("number", reached.Next, null).OrderBy("number").Page(MostAtOnce).WithoutTotal();
        var entries = (await session.QueryAsync(query, ct)).Items;
        var old = entries.TakeWhile(entry => entry.Record.Time is not { } written || written.ToDateTimeOffset() + retention <= now).ToList();
        if (old.Count == 0)
            return (0, false);

        reached.Next = old[^1].Index + 1;
        session.Store(reached);
        var over = old.Where(entry => !entry.IsDeleted && isOfGroup(entry.Record)).ToList();
        if (over.Count > 0)
        {
            var reason = string.Create(CultureInfo.InvariantCulture, $"The retention of {group} is {retention.TotalDays:0.##} days.");
            var record = LedgerDeletion.Sign(over, reason, key, now);
            foreach (var entry in over)
                session.Store(entry.Deleted(transaction.Next));
            transaction.Append(record, over.SelectMany(entry => entry.Parties));
        }

        return (over.Count, old.Count == entries.Count);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Entries of the ledger whose retention is over could not be deleted.")]
    private static partial void LogFailure(ILogger log, Exception problem);
}

/// <summary>How far a group of entries was looked through.</summary>
internal sealed class LedgerRetentionDocument
{
    public static readonly DocumentType<LedgerRetentionDocument> Type = new("ledger_retentions", retention => retention.Id);

    public required string Id { get; init; }

    /// <summary>The first entry that was not looked at yet.</summary>
    public long Next { get; set; }
}
