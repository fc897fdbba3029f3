using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Catalog.Harvest;

/// <summary>Operators register, change and forget sources, and read the reports.</summary>
internal sealed class HarvestSources(IDocumentStore store, IIdSource ids, TimeProvider time)
{
    public async Task<HarvestSource> CreateAsync(CreateHarvestSourceRequest request, CancellationToken ct)
    {
        HarvestSource source = request.HarvestSource?.Clone() ?? new HarvestSource();
        HarvestRules.Complete(source);
        var violations = new Violations("harvest_source");
        HarvestRules.Check(source, violations);
        violations.ThrowIfAny("The source cannot be registered");

        Timestamp now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        (source.Id, source.Etag, source.LastRun, source.CreateTime, source.NextRunTime) = (ids.Next(), string.Empty, null, now, source.Paused ? null : now);
        var document = new HarvestSourceDocument { Id = source.Id, Source = source, NextRun = DueOf(source) };
        await using IDocumentSession session = store.OpenSession();
        session.Store(document);
        await session.SaveChangesAsync(ct);
        return Present(session, document);
    }

    public async Task<HarvestSource> GetAsync(string id, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        return Present(session, await FindAsync(session, id, ct));
    }

    public async Task<ListHarvestSourcesResponse> ListAsync(ListHarvestSourcesRequest request, CancellationToken ct)
    {
        int size = SizeOf(request.PageSize);
        await using IDocumentSession session = store.OpenSession();
        DocumentPage<HarvestSourceDocument> page = await session.QueryAsync(
            DocumentQuery.For(HarvestSourceDocument.Type).OrderByDescending("registered").Page(size, request.PageToken), ct);
        return new ListHarvestSourcesResponse
        {
            HarvestSources = { page.Items.Select(d => Present(session, d)) },
            Page = new Page { NextPageToken = page.NextPageToken ?? string.Empty, TotalSize = page.TotalSize },
        };
    }

    public async Task<HarvestSource> UpdateAsync(UpdateHarvestSourceRequest request, CancellationToken ct)
    {
        HarvestSource wanted = request.HarvestSource ?? new HarvestSource();
        await using IDocumentSession session = store.OpenSession();
        HarvestSourceDocument document = await FindAsync(session, wanted.Id, ct);
        HarvestSource changed = document.Source.Clone();
        var mask = new Violations();
        FieldMaskUpdate.Apply(wanted, changed, request.UpdateMask, HarvestRules.Settable, mask);
        mask.ThrowIfAny("The source cannot be changed");
        HarvestRules.Complete(changed);
        var violations = new Violations("harvest_source");
        HarvestRules.Check(changed, violations);
        violations.ThrowIfAny("The source cannot be changed");

        // What is known of the pages holds for one address, format and set of assumptions.
        session.Expect(document, wanted.Etag);
        changed.NextRunTime = changed.Paused ? null : changed.NextRunTime ?? Timestamp.FromDateTimeOffset(time.GetUtcNow());
        (document.Source, document.Pages, document.NextRun) = (changed, [], DueOf(changed));
        session.Store(document);
        await session.SaveChangesAsync(ct);
        return Present(session, document);
    }

    public async Task DeleteAsync(string id, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        HarvestSourceDocument document = await FindAsync(session, id, ct);
        await foreach (HarvestedRecordDocument record in session.StreamAsync(DocumentQuery.For(HarvestedRecordDocument.Type).Where("source", id), ct))
        {
            session.Delete<HarvestedRecordDocument>(record.AssetId);
        }

        session.Delete<HarvestSourceDocument>(document.Id);
        await session.SaveChangesAsync(ct);
    }

    public async Task<ListHarvestRunsResponse> RunsAsync(ListHarvestRunsRequest request, CancellationToken ct)
    {
        int size = SizeOf(request.PageSize);
        await using IDocumentSession session = store.OpenSession();
        await FindAsync(session, request.SourceId, ct);
        DocumentPage<HarvestRunDocument> page = await session.QueryAsync(
            DocumentQuery.For(HarvestRunDocument.Type).Where("source", request.SourceId).OrderByDescending("started").Page(size, request.PageToken), ct);
        return new ListHarvestRunsResponse
        {
            HarvestRuns = { page.Items.Select(d => d.Run) },
            Page = new Page { NextPageToken = page.NextPageToken ?? string.Empty, TotalSize = page.TotalSize },
        };
    }

    public static async Task<HarvestSourceDocument> FindAsync(IDocumentSession session, string id, CancellationToken ct) =>
        (id.Length == 0 ? null : await session.LoadAsync<HarvestSourceDocument>(id, ct))
        ?? throw RichStatus.NotFound($"There is no source '{FieldRules.Shorten(id)}'.");

    /// <summary>When a source is due, for the schedule.</summary>
    public static long DueOf(HarvestSource source) => source.Paused || source.NextRunTime is null ? long.MaxValue : source.NextRunTime.Seconds;

    private static int SizeOf(int requested)
    {
        var violations = new Violations();
        int size = violations.CheckPageSize(requested);
        violations.ThrowIfAny("The list cannot be read");
        return size;
    }

    private static HarvestSource Present(IDocumentSession session, HarvestSourceDocument document)
    {
        HarvestSource source = document.Source.Clone();
        source.Etag = session.EtagOf(document) ?? string.Empty;
        return source;
    }
}
