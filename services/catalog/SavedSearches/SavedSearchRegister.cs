using Ecosystem.Catalog.Following;
using Ecosystem.Catalog.Rules;
using Ecosystem.Catalog.SavedSearches.Matching;
using Ecosystem.Catalog.V1;
using Ecosystem.Common.V1;
using Ecosystem.Grpc;
using Ecosystem.ServiceDefaults.Identity;
using Ecosystem.Storage;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;

namespace Ecosystem.Catalog.SavedSearches;

/// <summary>People keep searches, change and forget them.</summary>
internal sealed class SavedSearchRegister(
    IDocumentStore store, IIdSource ids, TimeProvider time, WatchedSearches watched, IOptions<SavedSearchOptions> options)
{
    private const int Attempts = 5;

    public async Task<SavedSearch> CreateAsync(SavedSearch? described, Caller caller, CancellationToken ct)
    {
        SavedSearch saved = described?.Clone() ?? new SavedSearch();
        CheckOrRefuse(saved, "The search cannot be saved");
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await CreateOnceAsync(saved, caller, ct);
            }
            catch (UniqueConstraintException) when (attempt < Attempts)
            {
                // The same person saved another search at this moment and took the place; the next free one will do.
            }
        }
    }

    public async Task<SavedSearch> GetAsync(string id, Caller caller, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        return Present(session, await FindAsync(session, id, caller, ct));
    }

    public async Task<ListSavedSearchesResponse> ListAsync(ListSavedSearchesRequest request, Caller caller, CancellationToken ct)
    {
        var violations = new Violations();
        int size = violations.CheckPageSize(request.PageSize);
        violations.ThrowIfAny("The saved searches cannot be listed");

        await using IDocumentSession session = store.OpenSession();
        DocumentPage<SavedSearchDocument> page = await session.QueryAsync(
            DocumentQuery.For(SavedSearchDocument.Type).Where("owner", caller.Subject).OrderByDescending("registered").Page(size, request.PageToken), ct);
        return new ListSavedSearchesResponse
        {
            SavedSearches = { page.Items.Select(d => Present(session, d)) },
            Page = new Page { NextPageToken = page.NextPageToken ?? string.Empty, TotalSize = page.TotalSize },
        };
    }

    public async Task<SavedSearch> UpdateAsync(UpdateSavedSearchRequest request, Caller caller, CancellationToken ct)
    {
        SavedSearch wanted = request.SavedSearch ?? new SavedSearch();
        await using IDocumentSession session = store.OpenSession();
        SavedSearchDocument document = await FindOwnAsync(session, wanted.Id, caller, ct);
        SavedSearch changed = document.Search.Clone();
        var mask = new Violations();
        FieldMaskUpdate.Apply(wanted, changed, request.UpdateMask, SavedSearchRules.Settable, mask);
        mask.ThrowIfAny("The saved search cannot be changed");
        CheckOrRefuse(changed, "The saved search cannot be changed");

        session.Expect(document, wanted.Etag);
        document.Search = changed;
        return await SaveAsync(session, document, ct);
    }

    /// <summary>Its matches are forgotten with the old ones of all searches; nobody can reach them from now on.</summary>
    public async Task<Empty> DeleteAsync(DeleteSavedSearchRequest request, Caller caller, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        SavedSearchDocument document = await FindOwnAsync(session, request.Id, caller, ct);
        session.Expect(document, request.Etag);
        session.Remove(SavedSearchDocument.Type, document.Id, time.GetUtcNow());
        await session.SaveChangesAsync(ct);
        watched.Remove(document.Id);
        return new Empty();
    }

    /// <summary>A saved search that the caller may read; that of somebody else does not exist.</summary>
    public static async Task<SavedSearchDocument> FindAsync(IDocumentSession session, string id, Caller caller, CancellationToken ct)
    {
        SavedSearchDocument? document = id.Length == 0 ? null : await session.LoadAsync<SavedSearchDocument>(id, ct);
        return document is not null && (document.Search.OwnerId == caller.Subject || caller.Has("service"))
            ? document
            : throw Unknown(id);
    }

    public static async Task<SavedSearchDocument> FindOwnAsync(IDocumentSession session, string id, Caller caller, CancellationToken ct)
    {
        SavedSearchDocument document = await FindAsync(session, id, caller, ct);
        return document.Search.OwnerId == caller.Subject ? document : throw Unknown(id);
    }

    private async Task<SavedSearch> CreateOnceAsync(SavedSearch saved, Caller caller, CancellationToken ct)
    {
        await using IDocumentSession session = store.OpenSession();
        var taken = new HashSet<int>();
        await foreach (SavedSearchDocument other in session.StreamAsync(DocumentQuery.For(SavedSearchDocument.Type).Where("owner", caller.Subject), ct))
        {
            taken.Add(other.Place);
        }

        int most = options.Value.MostPerPerson;
        int place = Enumerable.Range(0, most).FirstOrDefault(p => !taken.Contains(p), most);
        if (place == most)
        {
            throw RichStatus.ResourceExhausted("TOO_MANY_SAVED_SEARCHES", $"You keep {taken.Count} searches already, which is as many as allowed. Delete one first.");
        }

        string id = ids.Next();
        SavedSearch kept = saved.Clone();
        kept.Id = id;
        kept.Etag = string.Empty;
        kept.OwnerId = caller.Subject;
        kept.CreateTime = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        return await SaveAsync(session, new SavedSearchDocument { Id = id, Search = kept, Place = place }, ct);
    }

    private async Task<SavedSearch> SaveAsync(IDocumentSession session, SavedSearchDocument document, CancellationToken ct)
    {
        document.Version++;
        document.Search.FeedPath = document.Search.NotifyByFeed ? SavedSearchFeed.PathOf(document.Id) : string.Empty;
        document.Search.UpdateTime = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        session.Store(document);
        await session.SaveChangesAsync(ct);
        watched.Put([document]);
        return Present(session, document);
    }

    private static SavedSearch Present(IDocumentSession session, SavedSearchDocument document)
    {
        SavedSearch saved = document.Search.Clone();
        saved.Etag = session.EtagOf(document) ?? string.Empty;
        return saved;
    }

    private static void CheckOrRefuse(SavedSearch saved, string what)
    {
        var violations = new Violations("saved_search");
        SavedSearchRules.Check(saved, violations);
        violations.ThrowIfAny(what);
    }

    private static Exception Unknown(string id) => RichStatus.NotFound($"You keep no search '{FieldRules.Shorten(id)}'.");
}
