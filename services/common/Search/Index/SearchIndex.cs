using System.Runtime.InteropServices;

namespace Ecosystem.Search;

/// <summary>
/// A full-text index in memory. Readers never wait: each search sees one consistent snapshot. Writers take turns; what they wrote is
/// found by every search that begins after they return. All members may be called from any thread.
/// </summary>
/// <remarks>
/// Documents live in immutable segments that are merged as they multiply, as in a log-structured merge tree (O'Neil et al., 1996).
/// Ranking is BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) and does not depend on how documents are spread
/// over segments or on what was deleted before: the same documents give the same list.
/// </remarks>
/// <param name="schema">The fields; complete from now on.</param>
public sealed class SearchIndex(SearchSchema schema)
{
    private readonly Lock _writing = new();
    private readonly Dictionary<string, Location> _locations = new(StringComparer.Ordinal);
    private readonly SegmentBuilder _builder = new(schema);
    private readonly PinnedSnapshots _pinned = new();
    private volatile Snapshot _current = Snapshot.Of(0, [], schema, previous: null, [], added: null);

    /// <summary>How many documents can be found.</summary>
    public int Count => _current.Count;

    /// <summary>Adds a document, or replaces the one with the same id.</summary>
    /// <param name="id">What identifies the document.</param>
    /// <param name="fields">Its values.</param>
    /// <exception cref="ArgumentException">A field is not in the schema, or is of another kind there.</exception>
    public void Put(string id, params IReadOnlyList<SearchField> fields) => PutMany([new SearchDocument(id, fields)]);

    /// <summary>Adds or replaces many documents at once: searches see all of them or none. The last of several with one id counts.</summary>
    /// <param name="documents">The documents; some thousands at a time are the fastest way to fill an index.</param>
    /// <exception cref="ArgumentException">A field is not in the schema, or is of another kind there; nothing is changed.</exception>
    public void PutMany(IEnumerable<SearchDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var latest = new Dictionary<string, SearchDocument>(StringComparer.Ordinal);
        foreach (SearchDocument document in documents)
        {
            SchemaCheck.Verify(schema, document);
            latest[document.Id] = document;
        }
        if (latest.Count == 0) return;
        Segment added = _builder.Build([.. latest.Values]);
        lock (_writing) Publish(TakeOut(latest.Keys), added);
    }

    /// <summary>Takes a document out.</summary>
    /// <param name="id">What identifies the document.</param>
    /// <returns>False when there was none.</returns>
    public bool Remove(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        lock (_writing)
        {
            List<(Segment, int)> removed = TakeOut([id]);
            if (removed.Count == 0) return false;
            Publish(removed, added: null);
            return true;
        }
    }

    /// <summary>Finds documents.</summary>
    /// <param name="query">What is looked for.</param>
    /// <exception cref="InvalidSearchQueryException">The query names an unknown field, or its page size or page token cannot be used.</exception>
    public SearchResult Search(SearchQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        QueryCheck.Verify(schema, query);
        PageToken? after = PageToken.Read(query);
        Snapshot snapshot = after is null ? _current : _pinned.Find(after.Generation) ?? _current;
        SearchResult result = new QueryExecution(schema, snapshot, query, after).Run();
        if (result.NextPageToken is not null) _pinned.Keep(snapshot);
        return result;
    }

    private List<(Segment, int)> TakeOut(IEnumerable<string> ids)
    {
        var removed = new List<(Segment, int)>();
        foreach (string id in ids)
        {
            if (_locations.Remove(id, out Location location)) removed.Add((location.Segment, location.Number));
        }
        return removed;
    }

    private void Publish(List<(Segment Segment, int Number)> removed, Segment? added)
    {
        List<SegmentView> segments = [.. _current.Segments];
        foreach ((Segment segment, int number) in removed)
        {
            int index = segments.FindIndex(view => view.Segment == segment);
            segments[index] = segments[index] with { Deleted = segments[index].Deleted.With(number) };
        }
        if (added is not null)
        {
            segments.Add(new SegmentView(added, DeletedDocuments.None));
            Locate(added);
        }
        segments.RemoveAll(view => view.LiveCount == 0);
        while (MergePolicy.Next(segments) is { Count: > 0 } due)
        {
            Segment merged = SegmentMerger.Merge(schema, due);
            segments.RemoveAll(due.Contains);
            segments.Add(new SegmentView(merged, DeletedDocuments.None));
            Locate(merged);
        }
        _current = Snapshot.Of(_current.Generation + 1, [.. segments], schema, _current, removed, added);
    }

    private void Locate(Segment segment)
    {
        for (int number = 0; number < segment.Count; number++) _locations[segment.Document(number).Id] = new Location(segment, number);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Location(Segment Segment, int Number);
}
