using System.Runtime.CompilerServices;
using Google.Protobuf;

namespace Ecosystem.Storage;

/// <summary>The unit of work, the same above every adapter.</summary>
internal sealed class DocumentSession(
    IStorageEngine engine, DocumentTypes types, IIdSource ids, TimeProvider time, IEventAddressing? addressing) : IDocumentSession
{
    private const int StreamedPage = 500;

    private readonly Dictionary<(DocumentType Type, string Id), TrackedDocument> _tracked = [];
    private readonly List<OutboxEvent> _events = [];
    private readonly List<EventKey> _received = [];

    public async Task<T?> LoadAsync<T>(string id, CancellationToken ct = default) where T : class
    {
        var type = types.Of<T>();
        if (Known(type, id) is { } known)
            return (T?)known.Present;

        var stored = await engine.FindAsync(type, id, ct);
        return (T?)TrackToChange(type, id, stored).Document;
    }

    public async Task<IReadOnlyList<T>> LoadManyAsync<T>(IReadOnlyCollection<string> ids, CancellationToken ct = default) where T : class
    {
        var type = types.Of<T>();
        if (ids.Where(id => Known(type, id) is null).Distinct(StringComparer.Ordinal).ToArray() is { Length: > 0 } unknown)
        {
            var stored = (await engine.FindManyAsync(type, unknown, ct)).ToDictionary(row => row.Id, StringComparer.Ordinal);
            foreach (var id in unknown)
                TrackToChange(type, id, stored.GetValueOrDefault(id));
        }

        return [.. ids.Select(id => (T?)Known(type, id)?.Present).OfType<T>()];
    }

    public async Task<DocumentPage<T>> QueryAsync<T>(DocumentQuery<T> query, CancellationToken ct = default) where T : class
    {
        var page = await engine.FindAsync(query.Type, Stored(query), ct);
        var items = page.Rows.Select(row => (T)Seen(query.Type, row)).ToList();
        return new DocumentPage<T>(items, page.Last is { } last ? PageToken.Write(query, last) : null, page.Total);
    }

    public async IAsyncEnumerable<T> StreamAsync<T>(DocumentQuery<T> query, [EnumeratorCancellation] CancellationToken ct = default) where T : class
    {
        var stored = Stored(query) with { Limit = StreamedPage, CountsTotal = false };
        while (true)
        {
            var page = await engine.FindAsync(query.Type, stored, ct);
            foreach (var row in page.Rows)
                yield return (T)DocumentCodec.Decode(query.Type, row);
            if (page.Last is null)
                yield break;

            stored = stored with { After = page.Last };
        }
    }

    public void Store<T>(T document) where T : class
    {
        var tracked = Entry(document);
        tracked.Document = document;
        tracked.Pending = PendingChange.Store;
    }

    public void Delete<T>(string id) where T : class => Entry(types.Of<T>(), id).Pending = PendingChange.Delete;

    public string? EtagOf<T>(T document) where T : class =>
        _tracked.GetValueOrDefault(KeyOf(document))?.Loaded is { } loaded ? EngineExceptions.Etag(loaded.Revision) : null;

    public void Expect<T>(T document, string? etag) where T : class
    {
        if (!string.IsNullOrEmpty(etag))
            Entry(document).ExpectedEtag = etag;
    }

    public void Publish(IMessage @event, string subject)
    {
        if (addressing is null)
            throw new InvalidOperationException("This host publishes no events: call builder.AddMessaging().");

        _events.Add(new EventCapture(addressing, ids, time).Take(@event, subject));
    }

    public void MarkReceived(EventKey key) => _received.Add(key);

    public async Task SaveChangesAsync(CancellationToken ct = default)
    {
        var changes = Changes();
        if (changes.IsEmpty)
            return;

        var revision = await engine.CommitAsync(changes, ct);
        foreach (var write in changes.Writes)
            Saved(_tracked[(write.Type, write.Id)], new StoredDocument(write.Id, revision, write.Type.Version, write.Body));
        foreach (var delete in changes.Deletes)
            Saved(_tracked[(delete.Type, delete.Id)], stored: null);
        _events.Clear();
        _received.Clear();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ChangeSet Changes()
    {
        var deletes = new List<DocumentDelete>();
        var writes = new List<DocumentWrite>();
        foreach (var ((type, id), tracked) in _tracked)
        {
            if (tracked.Pending == PendingChange.Delete)
                deletes.Add(new DocumentDelete(type, id, tracked.Guard));
            else if (tracked is { Pending: PendingChange.Store, Document: { } document })
                writes.Add(new DocumentWrite(type, id, tracked.Guard, DocumentCodec.Encode(type, document, tracked.IsWhole ? null : tracked.Loaded), type.IndexValuesOf(document)));
        }

        return ChangeSet.Of([new ChangeSet(deletes, writes, [.. _events], [.. _received], time.GetUtcNow())]);
    }

    private static void Saved(TrackedDocument tracked, StoredDocument? stored)
    {
        tracked.Pending = PendingChange.None;
        tracked.ExpectedEtag = null;
        tracked.IsSeen = true;
        tracked.IsWhole |= tracked.Loaded is null;
        tracked.Loaded = stored;
        if (stored is null)
            tracked.Document = null;
    }

    private object Seen(DocumentType type, StoredDocument row) =>
        _tracked.TryGetValue((type, row.Id), out var known) && known.Document is { } document ? document : Track(type, row.Id, row).Document!;

    /// <summary>What this session has looked up or is about to change.</summary>
    private TrackedDocument? Known(DocumentType type, string id) =>
        _tracked.TryGetValue((type, id), out var known) && (known.IsSeen || known.Pending != PendingChange.None) ? known : null;

    /// <summary>What is loaded by its identifier is often loaded to be changed: whether anything in it is unknown is found out while it is read.</summary>
    private TrackedDocument TrackToChange(DocumentType type, string id, StoredDocument? stored)
    {
        if (stored is null)
            return Track(type, id, stored);

        var tracked = Entry(type, id);
        (tracked.IsSeen, tracked.Loaded) = (true, stored);
        (tracked.Document, tracked.IsWhole) = DocumentCodec.DecodeToChange(type, stored);
        return tracked;
    }

    private TrackedDocument Track(DocumentType type, string id, StoredDocument? stored)
    {
        var tracked = Entry(type, id);
        tracked.IsSeen = true;
        tracked.Loaded = stored;
        tracked.Document = stored is null ? null : DocumentCodec.Decode(type, stored);
        return tracked;
    }

    private static StoredQuery Stored<T>(DocumentQuery<T> query) where T : class =>
        new(query.Filters, query.Order, query.IsDescending, query.PageSize, PageToken.Read(query), query.CountsTotal);

    private (DocumentType Type, string Id) KeyOf<T>(T document) where T : class
    {
        var type = types.Of<T>();
        return (type, type.IdOf(document));
    }

    private TrackedDocument Entry<T>(T document) where T : class
    {
        var (type, id) = KeyOf(document);
        return Entry(type, id);
    }

    private TrackedDocument Entry(DocumentType type, string id)
    {
        if (!_tracked.TryGetValue((type, id), out var tracked))
            _tracked[(type, id)] = tracked = new TrackedDocument();
        return tracked;
    }
}
