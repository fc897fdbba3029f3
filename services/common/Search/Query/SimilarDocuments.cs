namespace Ecosystem.Search;

/// <summary>
/// Makes a query of a document: the words that tell it from others, each as often as it says them and as rare as it is ("more like this"; the
/// weights are those of Salton's tf-idf).
/// </summary>
internal sealed class SimilarDocuments(SearchSchema schema, Snapshot snapshot)
{
    /// <summary>More words make the query slower and its answer no better.</summary>
    private const int MostWords = 25;

    /// <summary>The clauses that find what is like a document; none when it is not there.</summary>
    internal List<QueryClause> ClausesOf(string id)
    {
        byte[] key = DocumentIds.Utf8(id);
        foreach (SegmentView view in snapshot.Segments)
        {
            int number = view.Segment.Ids.Find(key);
            if (number >= 0 && !view.Deleted.Contains(number)) return ClausesOf(view.Segment.Texts.Of(number));
        }
        return [];
    }

    private List<QueryClause> ClausesOf(IEnumerable<(int Field, string? Language, string Text)> values)
    {
        var words = new Dictionary<string, (string Source, double Weight)>(StringComparer.Ordinal);
        foreach ((int field, string? language, string text) in values)
        {
            foreach (TextToken token in TextAnalyzer.For(language).Analyze(text))
            {
                string source = words.TryGetValue(token.Term, out (string Source, double Weight) known) ? known.Source : text.Substring(token.Start, token.Length);
                words[token.Term] = (source, known.Weight + schema.TextFields[field].Boost);
            }
        }
        return
        [
            .. words.Select(word => (Term: word.Key, word.Value.Source, Telling: (1 + Math.Log(1 + word.Value.Weight)) * Rarity(word.Key)))
                .OrderByDescending(word => word.Telling).ThenBy(word => word.Term, StringComparer.Ordinal).Take(MostWords)
                .Select(word => new QueryClause(word.Source, Occurrence.Optional, [Reading.Word(word.Term)], Weight: 1)),
        ];
    }

    private double Rarity(string term)
    {
        long documents = 0;
        foreach (SegmentView view in snapshot.Segments)
        {
            int number = view.Segment.Terms.Find(term);
            if (number >= 0) documents += view.Segment.Terms.Counts[number];
        }

        // A word that no other document has finds nothing.
        return documents < 2 ? 0 : Math.Log(1 + ((double)snapshot.Count / documents));
    }
}
