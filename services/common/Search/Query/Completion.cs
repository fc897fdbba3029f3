namespace Ecosystem.Search;

/// <summary>Reads the last word of a query as the beginning of one, because it is still being typed.</summary>
internal sealed class Completion(Snapshot snapshot, ClauseMatcher matcher)
{
    /// <summary>One letter begins too much to say anything.</summary>
    private const int ShortestBeginning = 2;

    private const int MostWords = 64;

    /// <summary>Adds the indexed terms that begin so; of many, those that most documents have.</summary>
    internal QueryClause Expand(QueryClause clause)
    {
        string beginning = Folding.Fold(clause.Source);
        if (beginning.Length < ShortestBeginning) return clause;
        var documents = new Dictionary<string, long>(StringComparer.Ordinal);
        for (int segment = 0; segment < snapshot.Segments.Length; segment++)
        {
            TermIndex terms = snapshot.Segments[segment].Segment.Terms;
            foreach (string term in Stems(beginning).SelectMany(terms.BeginningWith).Distinct(StringComparer.Ordinal))
            {
                if (matcher.OccursIn(segment, term)) documents[term] = documents.GetValueOrDefault(term) + terms.Counts[terms.Find(term)];
            }
        }
        foreach (Reading known in clause.Readings) documents.Remove(known.Terms[0]);
        IEnumerable<string> likely = documents.OrderByDescending(term => term.Value).ThenBy(term => term.Key, StringComparer.Ordinal).Take(MostWords).Select(term => term.Key);
        return clause with { Readings = [.. clause.Readings, .. likely.Select(term => Reading.Word(term))] };
    }

    /// <summary>German stems go without a leading "ge": "Gesundheit" is indexed as it would be without.</summary>
    private static IEnumerable<string> Stems(string beginning) =>
        beginning.StartsWith("ge", StringComparison.Ordinal) && beginning.Length >= 2 + ShortestBeginning ? [beginning, beginning[2..]] : [beginning];
}
