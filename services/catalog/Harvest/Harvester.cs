using System.Collections.Concurrent;
using Ecosystem.Catalog.Events.V1;
using Ecosystem.Catalog.Harvest.Reading;
using Ecosystem.Catalog.Import;
using Ecosystem.Catalog.V1;
using Ecosystem.Grpc;
using Ecosystem.Rdf;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using Intake = Ecosystem.Catalog.V1.ImportedRecord.Types.Outcome;
using Outcome = Ecosystem.Catalog.V1.HarvestRun.Types.Outcome;

namespace Ecosystem.Catalog.Harvest;

/// <summary>One run: reads the whole catalogue, then takes in what is new, then looks for what is missing, then reports.</summary>
internal sealed class Harvester(
    IDocumentStore store, CatalogueReader reader, RecordIntake intake, MissedRecords missed, IIdSource ids, TimeProvider time)
{
    private const int ReasonsKept = 1_000;

    private readonly ConcurrentDictionary<string, bool> _running = [];

    public async Task<HarvestRun> RunAsync(string sourceId, CancellationToken ct)
    {
        HarvestSourceDocument source;
        await using (IDocumentSession session = store.OpenSession())
        {
            source = await HarvestSources.FindAsync(session, sourceId, ct);
        }

        if (!_running.TryAdd(sourceId, true))
        {
            throw RichStatus.FailedPrecondition("HARVEST_RUNNING", $"'{source.Source.Name}' is being harvested just now.");
        }

        try
        {
            var run = new HarvestRun { Id = ids.Next(), SourceId = sourceId, StartTime = Now() };
            IReadOnlyList<KnownPage>? pages = await HarvestAsync(source, run, ct);
            await ReportAsync(run, pages, ct);
            return run;
        }
        finally
        {
            _running.TryRemove(sourceId, out _);
        }
    }

    /// <returns>The pages that were read; null when there is nothing new to remember.</returns>
    private async Task<IReadOnlyList<KnownPage>?> HarvestAsync(HarvestSourceDocument source, HarvestRun run, CancellationToken ct)
    {
        try
        {
            if (await reader.ReadAsync(source.Source, source.Pages, ct) is not { } catalogue)
            {
                (run.Outcome, run.Pages) = (Outcome.NotModified, source.Pages.Count);
                return null;
            }

            (run.Pages, run.Found) = (catalogue.Pages.Count, catalogue.Records.Count);
            if (catalogue.Records.Count == 0 && await missed.HasAnyAsync(run.SourceId, ct))
            {
                throw new HarvestFailedException("The source, which had data sets before, gives out none at all; taken for a fault of the source.");
            }

            await TakeInAsync(source.Source, catalogue, run, ct);
            HashSet<string> found = [.. catalogue.Records.Select(r => HarvestedRecordDocument.NameOf(r.Record.Source)), .. Unreadable(catalogue)];
            await missed.CountAsync(source.Source, found, run, ct);
            run.Outcome = Outcome.Complete;
            return catalogue.Pages;
        }
        catch (HarvestFailedException failure)
        {
            (run.Outcome, run.Problem) = (Outcome.Failed, failure.Message);
            return null;
        }
    }

    /// <summary>A record that cannot be read is there all the same.</summary>
    private static IEnumerable<string> Unreadable(ForeignCatalogue catalogue) =>
        catalogue.Problems.Where(p => p.Problem.Subject is not null).Select(p => HarvestedRecordDocument.NameOf(p.Problem.Subject!.Value));

    private async Task TakeInAsync(HarvestSource source, ForeignCatalogue catalogue, HarvestRun run, CancellationToken ct)
    {
        foreach ((RdfProblem problem, string page) in catalogue.Problems)
        {
            Quarantine(run, ImportDataAssets.Unreadable(problem), page);
        }

        var terms = new HarvestTerms(source.Id) { Holder = source.HolderId, HealthCategories = source.DefaultHealthCategories };
        foreach ((DcatRecord record, string page) in catalogue.Records)
        {
            ImportedRecord taken = await intake.TakeInAsync(record, terms, ct);
            switch (taken.Outcome)
            {
                case Intake.Created:
                    run.Created++;
                    break;
                case Intake.Updated:
                    run.Updated++;
                    break;
                case Intake.Unchanged:
                    run.Unchanged++;
                    break;
                default:
                    Quarantine(run, taken, page);
                    break;
            }
        }
    }

    private static void Quarantine(HarvestRun run, ImportedRecord refused, string page)
    {
        run.Quarantined++;
        if (run.Quarantine.Count < ReasonsKept)
        {
            run.Quarantine.Add(new QuarantinedRecord { Source = refused.Source, Reasons = { refused.Remarks }, Page = page });
        }
    }

    private async Task ReportAsync(HarvestRun run, IReadOnlyList<KnownPage>? pages, CancellationToken ct)
    {
        run.EndTime = Now();
        for (int attempt = 1; ; attempt++)
        {
            await using IDocumentSession session = store.OpenSession();
            session.Store(new HarvestRunDocument { Id = run.Id, Run = run });
            session.Publish(new HarvestEnded { Run = run }, run.SourceId);
            if (await session.LoadAsync<HarvestSourceDocument>(run.SourceId, ct) is { } source)
            {
                HarvestSource told = source.Source.Clone();
                told.LastRun = run.Clone();
                told.LastRun.Quarantine.Clear();
                told.NextRunTime = told.Paused ? null : Timestamp.FromDateTimeOffset(time.GetUtcNow() + told.Interval.ToTimeSpan());
                (source.Source, source.NextRun, source.Pages) = (told, HarvestSources.DueOf(told), pages ?? source.Pages);
                session.Store(source);
            }

            try
            {
                await session.SaveChangesAsync(ct);
                return;
            }
            catch (ConcurrencyException) when (attempt < 3)
            {
                // An operator changed the source while it was harvested; the report follows what is there now.
            }
        }
    }

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
