using Ecosystem.Storage;
using Google.Protobuf;

namespace Ecosystem.Catalog.Reminders;

/// <summary>What falls due in documents of a kind.</summary>
/// <param name="Type">The kind.</param>
/// <param name="Index">Its index that holds when something falls due, in Unix seconds.</param>
/// <param name="Id">The document's id.</param>
/// <param name="Due">When it falls due, in Unix seconds.</param>
/// <param name="Fact">What is told then.</param>
internal sealed record DueFact<T>(DocumentType<T> Type, string Index, Func<T, string> Id, Func<T, long> Due, Func<T, IMessage> Fact)
    where T : class;

/// <summary>The due date that was last told of, by data asset or competence.</summary>
internal sealed class CheckReminderDocument
{
    public static readonly DocumentType<CheckReminderDocument> Type = new("check_reminders", d => d.AssetId);

    public required string AssetId { get; init; }

    /// <summary>In Unix seconds.</summary>
    public required long Due { get; set; }
}

/// <summary>Tells of everything that has fallen due, once per due date. The documents themselves are not touched.</summary>
internal sealed partial class DueReminders<T>(IDocumentStore store, TimeProvider time, DueFact<T> fact, ILogger<DueReminders<T>> log) : BackgroundService
    where T : class
{
    private const int Batch = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <returns>How many were told of.</returns>
    public async Task<int> RemindAsync(CancellationToken ct)
    {
        int told = 0;
        string? token = null;
        do
        {
            await using IDocumentSession session = store.OpenSession();
            DocumentPage<T> due = await session.QueryAsync(
                DocumentQuery.For(fact.Type)
                    .WhereRange(fact.Index, from: null, time.GetUtcNow().ToUnixTimeSeconds())
                    .OrderBy(fact.Index).Page(Batch, token).WithoutTotal(),
                ct);
            foreach (T document in due.Items)
            {
                told += await TellOnceAsync(session, document, ct) ? 1 : 0;
            }

            await session.SaveChangesAsync(ct);
            token = due.NextPageToken;
        }
        while (token is not null);
        return told;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                if (await RemindAsync(stoppingToken) is > 0 and var told)
                {
                    LogReminded(told, fact.Index);
                }
            }
            catch (Exception problem) when (problem is StoreUnavailableException or ConcurrencyException or UniqueConstraintException)
            {
                // The store is away, or another copy of the service tells of the same at this moment.
                LogPostponed(problem);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> TellOnceAsync(IDocumentSession session, T document, CancellationToken ct)
    {
        long due = fact.Due(document);
        CheckReminderDocument? reminder = await session.LoadAsync<CheckReminderDocument>(fact.Id(document), ct);
        if (reminder?.Due == due)
        {
            return false;
        }

        reminder ??= new CheckReminderDocument { AssetId = fact.Id(document), Due = due };
        reminder.Due = due;
        session.Store(reminder);
        session.Publish(fact.Fact(document), fact.Id(document));
        return true;
    }

    [LoggerMessage(LogLevel.Information, "{Count} documents have fallen due ({Index}); that was told.")]
    private partial void LogReminded(int count, string index);

    [LoggerMessage(LogLevel.Warning, "Reminders wait for the next round.")]
    private partial void LogPostponed(Exception problem);
}
