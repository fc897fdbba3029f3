using Ecosystem.Catalog.Events.V1;
using Ecosystem.Storage;

namespace Ecosystem.Catalog.DataAssets.Life;

/// <summary>The due date that holders were last reminded of, by asset.</summary>
internal sealed class CheckReminderDocument
{
    public static readonly DocumentType<CheckReminderDocument> Type = new("check_reminders", d => d.AssetId);

    public required string AssetId { get; init; }

    /// <summary>In Unix seconds.</summary>
    public required long Due { get; set; }
}

/// <summary>Tells of every description whose yearly check is due, once per due date. The asset itself is not touched.</summary>
internal sealed partial class CheckReminders(IDocumentStore store, TimeProvider time, ILogger<CheckReminders> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private const int Batch = 100;

    /// <returns>How many were told of.</returns>
    public async Task<int> RemindAsync(CancellationToken ct)
    {
        int told = 0;
        string? token = null;
        do
        {
            await using IDocumentSession session = store.OpenSession();
            DocumentPage<DataAssetDocument> overdue = await session.QueryAsync(
                DocumentQuery.For(DataAssetDocument.Type)
                    .WhereRange("check_due", from: null, time.GetUtcNow().ToUnixTimeSeconds())
                    .OrderBy("check_due").Page(Batch, token).WithoutTotal(),
                ct);
            foreach (DataAssetDocument document in overdue.Items)
            {
                told += await TellOnceAsync(session, document, ct) ? 1 : 0;
            }

            await session.SaveChangesAsync(ct);
            token = overdue.NextPageToken;
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
                    LogReminded(told);
                }
            }
            catch (Exception problem) when (problem is StoreUnavailableException or ConcurrencyException)
            {
                LogPostponed(problem);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static async Task<bool> TellOnceAsync(IDocumentSession session, DataAssetDocument document, CancellationToken ct)
    {
        long due = document.Asset.CheckDue.Seconds;
        CheckReminderDocument? reminder = await session.LoadAsync<CheckReminderDocument>(document.Id, ct);
        if (reminder?.Due == due)
        {
            return false;
        }

        reminder ??= new CheckReminderDocument { AssetId = document.Id, Due = due };
        reminder.Due = due;
        session.Store(reminder);
        session.Publish(new DataAssetCheckDue { DataAsset = document.Asset, Version = document.Version }, document.Id);
        return true;
    }

    [LoggerMessage(LogLevel.Information, "{Count} descriptions must be checked again; their holders were told.")]
    private partial void LogReminded(int count);

    [LoggerMessage(LogLevel.Warning, "Reminders wait for the next round.")]
    private partial void LogPostponed(Exception problem);
}
