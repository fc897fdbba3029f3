namespace Ecosystem.Search;

/// <summary>
/// Finds what somebody may be about to type: whole values of some text fields, from the documents that fit best to the words so far, of which the
/// last may be a beginning.
/// </summary>
internal sealed class Suggestions(SearchSchema schema, FacetNumbers[] facetNumbers, Snapshot snapshot, SearchQuery query, IReadOnlyList<string> fields)
{
    /// <summary>Documents that are looked at for each suggestion wanted: several may have the same title.</summary>
    private const int Looked = 8;

    private readonly HashSet<int> _fields = [.. fields.Select(schema.TextOrdinal)];

    internal IReadOnlyList<string> Find()
    {
        SearchQuery asked = query with
        {
            Words = WordMatch.All,
            Operators = false,
            ExpandCompounds = false,
            Nearness = 0,
            SnippetLength = 0,
            Facets = [],
            PageSize = Math.Min(SearchQuery.LargestPage, query.PageSize * Looked),
            Boosts = schema.TextFields.ToDictionary(field => field.Name, field => fields.Contains(field.Name, StringComparer.Ordinal) ? field.Boost : 0, StringComparer.Ordinal),
        };
        string[] words = [.. WordBreaker.Words(query.Text).Select(word => Folding.Fold(query.Text.Substring(word.Start, word.Length)))];
        if (query.PageSize == 0 || new QueryParser(schema, asked).Parse().Count == 0) return [];
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var execution = new QueryExecution(schema, facetNumbers, snapshot, asked, after: null) { CompleteLastWord = true };
        foreach (SearchHit hit in execution.Run().Hits)
        {
            if (BestOf(hit.Id, words) is { } value) found.TryAdd(Folding.Fold(value), value);
            if (found.Count == query.PageSize) break;
        }
        return [.. found.Values];
    }

    /// <summary>The value of a document that has most of the words, the last as a beginning; of equals the shortest.</summary>
    private string? BestOf(string id, string[] words)
    {
        byte[] key = DocumentIds.Utf8(id);
        foreach (SegmentView view in snapshot.Segments)
        {
            int number = view.Segment.Ids.Find(key);
            if (number < 0 || view.Deleted.Contains(number)) continue;
            return view.Segment.Texts.Of(number).Where(value => _fields.Contains(value.Field)).Select(value => (value.Text, Fitting: Fitting(value.Text, words)))
                .Where(value => value.Fitting > 0).OrderByDescending(value => value.Fitting).ThenBy(value => value.Text.Length).Select(value => value.Text).FirstOrDefault();
        }
        return null;
    }

    /// <summary>How many of the words a value has; 0 where it does not have the last one, which is being typed.</summary>
    private static int Fitting(string text, string[] words)
    {
        string[] has = [.. WordBreaker.Words(text).Select(word => Folding.Fold(text.Substring(word.Start, word.Length)))];
        bool last = Array.Exists(has, word => word.StartsWith(words[^1], StringComparison.Ordinal) || Typos.IsOneEditAway(word, words[^1]));
        return last ? 1 + words[..^1].Count(word => has.Contains(word, StringComparer.Ordinal)) : 0;
    }
}
