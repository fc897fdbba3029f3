using Ecosystem.Catalog.V1;
using Ecosystem.Storage;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Ecosystem.Catalog.Harvest;

/// <summary>Harvests the sources that are due, one after the other.</summary>
internal sealed partial class HarvestSchedule(
    IDocumentStore store, Harvester harvester, IOptions<HarvestOptions> options, TimeProvider time, ILogger<HarvestSchedule> log) : BackgroundService
{
    private const int Batch = 20;

    /// <returns>How many sources were due.</returns>
    public async Task<int> RunDueAsync(CancellationToken ct)
    {
        DocumentPage<HarvestSourceDocument> due;
        await using (IDocumentSession session = store.OpenSession())
        {
            due = await session.QueryAsync(
                DocumentQuery.For(HarvestSourceDocument.Type)
                    .WhereRange("next_run", from: null, time.GetUtcNow().ToUnixTimeSeconds() + 1)
                    .OrderBy("next_run").Page(Batch).WithoutTotal(),
                ct);
        }

        foreach (HarvestSourceDocument source in due.Items)
        {
            try
            {
                HarvestRun run = await harvester.RunAsync(source.Id, ct);
                LogRun(source.Id, run.Outcome, run.Created, run.Updated, run.Quarantined, run.Withdrawn);
            }
            catch (Exception problem) when (problem is StoreUnavailableException or ConcurrencyException or RpcException)
            {
                LogPostponed(source.Id, problem);
            }
        }

        return due.Items.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Value.LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunDueAsync(stoppingToken);
            }
            catch (StoreUnavailableException problem)
            {
                LogPostponed("all", problem);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Source {Source}: {Outcome}, {Created} new, {Updated} changed, {Quarantined} in quarantine, {Withdrawn} withdrawn.")]
    private partial void LogRun(string source, HarvestRun.Types.Outcome outcome, int created, int updated, int quarantined, int withdrawn);

    [LoggerMessage(LogLevel.Warning, "The harvest of {Source} waits for the next round.")]
    private partial void LogPostponed(string source, Exception problem);
}
