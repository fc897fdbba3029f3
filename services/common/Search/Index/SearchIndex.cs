using System.Runtime.InteropServices;

namespace Ecosystem.Search;

/// <summary>
/// A full-text index in memory. Readers never wait: each search sees one consistent snapshot. Writers take turns; what they wrote is
/// found by every search that begins after they return. All members may be called from any thread.
/// </summary>
/// <remarks>
/// Documents live in immutable segments that are merged as they multiply, as in a log-structured merge tree (O'Neil et al., 1996): small ones
/// at once, large ones in the background.
/// Ranking is BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) and does not depend on how documents are spread
/// over segments or on what was deleted before: the same documents give the same list.
/// </remarks>
/// <param name="schema">The fields; complete from now on.</param>
public sealed class SearchIndex(SearchSchema schema)
{
    private readonly Lock _writing = new();
    private readonly SegmentBuilder _builder = new(schema);
    private readonly PinnedSnapshots _pinned = new();
    private readonly Dictionary<string, long> _removedVersions = new(StringComparer.Ordinal);
    private readonly HashSet<Segment> _merging = [];
    private readonly FacetNumbers[] _facetNumbers = [.. schema.KeywordFields.Select(_ => new FacetNumbers())];
    private Task _merge = Task.CompletedTask;
    private volatile Snapshot _current = Snapshot.Of(0, [], schema, previous: null, [], added: null);

    /// <summary>An index of segments that were saved.</summary>
    internal SearchIndex(SearchSchema schema, SegmentView[] segments)
        : this(schema) => _current = Snapshot.Of(segments, schema);

    /// <summary>How many documents can be found.</summary>
    public int Count => _current.Count;

    internal Snapshot Current => _current;

    /// <summary>Adds a document, or replaces the one with the same id.</summary>
    /// <param name="id">What identifies the document.</param>
    /// <param name="fields">Its values.</param>
    /// <exception cref="ArgumentException">A field is not in the schema, or is of another kind there.</exception>
    public void Put(string id, params IReadOnlyList<SearchField> fields) => PutMany([new SearchDocument(id, fields)]);

    /// <summary>
    /// Adds or replaces many documents at once: searches see all of them or none. The last of several with one id counts. A document whose
    /// <see cref="SearchDocument.Version"/> is not above that of the one it would replace, or of its removal, is left out.
    /// </summary>
    /// <param name="documents">The documents; some thousands at a time are the fastest way to fill an index.</param>
    /// <exception cref="ArgumentException">A field is not in the schema, or is of another kind there; nothing is changed.</exception>
    public void PutMany(IEnumerable<SearchDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var latest = new Dictionary<string, SearchDocument>(StringComparer.Ordinal);
        foreach (SearchDocument document in documents)
        {
            SchemaCheck.Verify(schema, document);
            if (document.Version == 0 || !latest.TryGetValue(document.Id, out SearchDocument? other) || other.Version < document.Version)
                latest[document.Id] = document;
        }
        if (latest.Count == 0) return;
        Segment added = _builder.Build(latest.Values);
        lock (_writing)
        {
            Publish(Replace(added), added);
        }
        WaitForMerges(added.Count);
    }

    /// <summary>Takes a document out.</summary>
    /// <param name="id">What identifies the document.</param>
    /// <param name="version">
    /// The version in which it was removed: an earlier one does not come back. 0 for documents without versions; <see cref="long.MaxValue"/> for good.
    /// </param>
    /// <returns>False when there was none.</returns>
    public bool Remove(string id, long version = 0)
    {
        ArgumentNullException.ThrowIfNull(id);
        lock (_writing)
        {
            if (version > 0 && _removedVersions.GetValueOrDefault(id) < version) _removedVersions[id] = version;
            byte[] key = DocumentIds.Utf8(id);
            foreach (SegmentView view in _current.Segments)
            {
                int number = LiveNumber(view, key);
                if (number < 0) continue;
                if (version > 0 && view.Segment.Versions[number] > version) return false;
                Publish([(view.Segment, number)], added: null);
                return true;
            }
            return false;
        }
    }

    /// <summary>The version of a document that can be found; 0 where there is none or it has none.</summary>
    /// <param name="id">What identifies the document.</param>
    public long VersionOf(string id)
    {
        byte[] key = DocumentIds.Utf8(id);
        foreach (SegmentView view in _current.Segments)
        {
            if (LiveNumber(view, key) is >= 0 and var number) return view.Segment.Versions[number];
        }
        return 0;
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
        SearchResult result = new QueryExecution(schema, _facetNumbers, snapshot, query, after).Run();
        if (result.NextPageToken is not null) _pinned.Keep(snapshot);
        return result;
    }

    /// <summary>
    /// Says what somebody may be about to type: titles and other whole values of documents that have all the words so far, where the last word may
    /// be the beginning of one and may be misspelt.
    /// </summary>
    /// <param name="query">The words so far in <see cref="SearchQuery.Text"/>, conditions, and how many are wanted as its page size.</param>
    /// <param name="fields">The text fields whose values are suggested.</param>
    /// <returns>Different values, the most likely first.</returns>
    /// <exception cref="InvalidSearchQueryException">The query names an unknown field, or its page size cannot be used.</exception>
    public IReadOnlyList<string> Suggest(SearchQuery query, params IReadOnlyList<string> fields)
    {
        ArgumentNullException.ThrowIfNull(query);
        QueryCheck.Verify(schema, query with { Boosts = fields.ToDictionary(field => field, _ => 1.0, StringComparer.Ordinal) });
        return new Suggestions(schema, _facetNumbers, _current, query, fields).Find();
    }

    /// <summary>Finds documents that are like one that is there, best first, without itself.</summary>
    /// <param name="id">What identifies the document.</param>
    /// <param name="query">Conditions, how many are wanted, and whether reasons are; its text is not read.</param>
    /// <returns>No hits where the document is not there or nothing is like it.</returns>
    /// <exception cref="InvalidSearchQueryException">The query names an unknown field, or its page size cannot be used.</exception>
    public IReadOnlyList<SearchHit> Similar(string id, SearchQuery query)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(query);
        QueryCheck.Verify(schema, query);
        Snapshot snapshot = _current;
        List<QueryClause> clauses = new SimilarDocuments(schema, snapshot).ClausesOf(id);
        if (clauses.Count == 0) return [];
        SearchQuery oneMore = query with { Text = "", PageSize = Math.Min(SearchQuery.LargestPage, query.PageSize + 1), PageToken = null, Facets = [] };
        IReadOnlyList<SearchHit> hits = new QueryExecution(schema, _facetNumbers, snapshot, oneMore, after: null).Run(clauses).Hits;
        return [.. hits.Where(hit => hit.Id != id).Take(query.PageSize)];
    }

    /// <summary>Completes when no segments are waiting to be merged. The index answers the same before and after.</summary>
    internal Task WhenMergedAsync()
    {
        lock (_writing) return _merge;
    }

    private static int LiveNumber(SegmentView view, byte[] id)
    {
        int number = view.Segment.Ids.Find(id);
        return number >= 0 && !view.Deleted.Contains(number) ? number : -1;
    }

    /// <summary>What goes because of new documents: the ones they replace, and new ones that are older than what is known.</summary>
    private List<(Segment, int)> Replace(Segment added)
    {
        var removed = new List<(Segment, int)>();
        var late = new HashSet<int>();
        if (_removedVersions.Count > 0)
        {
            for (int number = 0; number < added.Count; number++)
            {
                long version = added.Versions[number];
                if (version == 0 || !_removedVersions.TryGetValue(added.Ids.TextOf(number), out long gone)) continue;
                if (gone >= version && late.Add(number)) removed.Add((added, number));
            }
        }
        foreach (SegmentView view in _current.Segments)
        {
            if (!view.Segment.Ids.Spans(added.Ids[0], added.Ids[added.Count - 1])) continue;
            for (int number = 0; number < added.Count; number++)
            {
                int known = view.Segment.Ids.Find(added.Ids[number]);
                if (known < 0 || view.Deleted.Contains(known) || late.Contains(number)) continue;
                bool newer = added.Versions[number] == 0 || added.Versions[number] > view.Segment.Versions[known];
                if (newer) removed.Add((view.Segment, known));
                else if (late.Add(number)) removed.Add((added, number));
            }
        }
        return removed;
    }

    private void Publish(List<(Segment Segment, int Number)> removed, Segment? added)
    {
        List<SegmentView> segments = [.. _current.Segments];
        if (added is not null) segments.Add(new SegmentView(added, DeletedDocuments.None));
        foreach ((Segment segment, int number) in removed)
        {
            int index = segments.FindIndex(view => view.Segment == segment);
            segments[index] = segments[index] with { Deleted = segments[index].Deleted.With(number) };
        }
        segments.RemoveAll(view => view.LiveCount == 0);
        _current = Snapshot.Of(_current.Generation + 1, [.. segments], schema, _current, removed, added);
        MergeWhatIsDue();
    }

    /// <summary>Small merges are done at once, they cost less than starting a task; a large one runs while others search and write.</summary>
    private void MergeWhatIsDue()
    {
        while (MergePolicy.Next([.. _current.Segments.Where(view => !_merging.Contains(view.Segment))]) is { Count: > 0 } due)
        {
            bool small = due.Sum(view => view.LiveCount) <= MergePolicy.AtOnce;
            if (!small && !_merge.IsCompleted) return;
            if (small)
            {
                Swap(due, SegmentMerger.Merge(schema, due));
                continue;
            }
            if (_merge.IsFaulted) _merge.GetAwaiter().GetResult(); // the reason why merging stopped reaches the next writer
            foreach (SegmentView view in due) _merging.Add(view.Segment);
            _merge = Task.Run(() => MergeAside(due));
        }
    }

    private void MergeAside(List<SegmentView> due)
    {
        (Segment, int[][]) merged = SegmentMerger.Merge(schema, due);
        lock (_writing)
        {
            _merging.ExceptWith(due.Select(view => view.Segment));
            Swap(due, merged);
            if (MergePolicy.Next([.. _current.Segments]) is { Count: > 0 } more)
            {
                foreach (SegmentView view in more) _merging.Add(view.Segment);
                _merge = Task.Run(() => MergeAside(more));
            }
        }

        // The parts are large and old, which the collector looks at last; it is told that they are gone, and works beside the searches.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
    }

    /// <summary>Puts a merged segment in the place of its parts. What was deleted from the parts meanwhile is deleted from it.</summary>
    private void Swap(List<SegmentView> due, (Segment Segment, int[][] Numbers) merged)
    {
        List<SegmentView> segments = [.. _current.Segments];
        DeletedDocuments deleted = DeletedDocuments.None;
        for (int part = 0; part < due.Count; part++)
        {
            int index = segments.FindIndex(view => view.Segment == due[part].Segment);
            IEnumerable<int> gone = index >= 0 ? segments[index].Deleted.All() : Enumerable.Range(0, due[part].Segment.Count);
            foreach (int number in gone)
            {
                if (merged.Numbers[part][number] >= 0) deleted = deleted.With(merged.Numbers[part][number]);
            }
            if (index >= 0) segments.RemoveAt(index);
        }
        var view = new SegmentView(merged.Segment, deleted);
        if (view.LiveCount > 0) segments.Add(view);
        _current = _current.Rearranged([.. segments]);
    }

    /// <summary>Who writes faster than segments can be merged waits, so that searches stay fast.</summary>
    private void WaitForMerges(int added)
    {
        if (!MergePolicy.MustWait(_current.Segments.Length, added)) return;
        Task merge;
        lock (_writing) merge = _merge;
        merge.Wait();
    }
}
