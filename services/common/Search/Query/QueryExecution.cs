namespace Ecosystem.Search;

/// <summary>Answers one query on one snapshot: match and score each clause, then filter, count, rank, and dress the hits of the page.</summary>
internal sealed class QueryExecution(SearchSchema schema, Snapshot snapshot, SearchQuery query, PageToken? after)
{
    private readonly ClauseMatcher _matcher = new(schema, snapshot, query);
    private readonly List<QueryClause> _clauses = [];
    private readonly List<double> _weights = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _corrections = new(StringComparer.Ordinal);
    private double _attainable;

    internal SearchResult Run()
    {
        SegmentScores[] scores = Array.ConvertAll(snapshot.Segments, view => new SegmentScores(view));
        foreach (QueryClause clause in new QueryParser(schema, query).Parse()) Score(Corrected(WithCompounds(clause)), scores);

        var facets = new FacetCounter(schema, query);
        var ranking = new Ranking(query.PageSize, after);
        long total = 0;
        for (int index = 0; index < scores.Length; index++) total += Collect(scores[index], index, ranking, facets);

        RankedDocument[] page = ranking.BestFirst();
        var hits = new HitDresser(schema, snapshot, query, _matcher, _clauses, _weights).Dress(page);
        string? next = ranking.HasMore && page.Length > 0 ? new PageToken(snapshot.Generation, page[^1].Score, page[^1].Id).Write(query) : null;
        return new SearchResult(hits, total, facets.Result(), next, _attainable, _corrections);
    }

    private QueryClause Corrected(QueryClause clause)
    {
        if (!query.TolerateTypos || clause.Occurrence == Occurrence.Excluded || !clause.IsWord) return clause;
        if (clause.Readings.Any(reading => _matcher.Occurs(reading.Terms[0]))) return clause;
        QueryClause corrected = new Typos(snapshot, _matcher.BoostOf, schema.TextFields.Count).Corrected(clause);
        if (corrected != clause) _corrections[clause.Source] = [.. corrected.Readings.Select(reading => reading.Terms[0])];
        return corrected;
    }

    private QueryClause WithCompounds(QueryClause clause)
    {
        bool german = (query.Language is { } language ? [language] : schema.Languages).Any(tag => TextAnalyzer.For(tag) == TextAnalyzer.German);
        return german && query.ExpandCompounds && clause.IsWord && clause.Occurrence != Occurrence.Excluded
            ? new Compounds(snapshot, _matcher, schema.TextFields.Count).Expand(clause)
            : clause;
    }

    private void Score(QueryClause clause, SegmentScores[] scores)
    {
        ClauseMatch[][] matches = _matcher.Match(clause);
        long documents = RarityBasis(matches);
        double weight = clause.Weight * InverseDocumentFrequency(documents);
        if (documents > 0 && clause.Occurrence != Occurrence.Excluded) _attainable += weight;
        for (int index = 0; index < scores.Length; index++)
        {
            if (clause.Occurrence == Occurrence.Excluded) scores[index].Exclude(matches[index]);
            else scores[index].Add(matches[index], weight, schema.TermSaturation, clause.Occurrence == Occurrence.Required);
        }
        _clauses.Add(clause);
        _weights.Add(weight);
    }

    /// <summary>Guesses must not make a word look common: where what was written occurs, only its own documents count.</summary>
    private static long RarityBasis(ClauseMatch[][] matches)
    {
        long exact = matches.Sum(segment => segment.LongCount(match => match.IsExact));
        return exact > 0 ? exact : matches.Sum(segment => (long)segment.Length);
    }

    /// <summary>The form of Robertson and Spärck Jones with 1 added, which stays above zero for words that most documents have.</summary>
    private double InverseDocumentFrequency(long documents) => Math.Log(1 + ((snapshot.Count - documents + 0.5) / (documents + 0.5)));

    private long Collect(SegmentScores scores, int index, Ranking ranking, FacetCounter facets)
    {
        Segment segment = scores.View.Segment;
        int required = _clauses.Count(clause => clause.Occurrence == Occurrence.Required);
        bool anyScoring = _clauses.Exists(clause => clause.Occurrence != Occurrence.Excluded);
        SegmentFilter[] filters = [.. query.Filters.Select(filter => new SegmentFilter(schema, segment, filter))];
        FacetCounter.SegmentFacets counts = facets.Begin(segment);
        long found = 0;
        for (int document = 0; document < segment.Count; document++)
        {
            if (!scores.Accepts(document, required, anyScoring)) continue;
            (bool passes, string? failedField) = Judge(filters, document);
            if (passes)
            {
                found++;
                counts.Count(document, onlyFacet: null);
                ranking.Offer(new RankedDocument(scores.ScoreOf(document), segment.Document(document).Id, index, document));
            }
            else if (failedField is not null)
            {
                counts.Count(document, failedField);
            }
        }
        counts.End();
        return found;
    }

    /// <summary>Whether all filters accept; else the one field whose filters refuse, or null when there are several.</summary>
    private static (bool Passes, string? FailedField) Judge(SegmentFilter[] filters, int document)
    {
        string? failed = null;
        foreach (SegmentFilter filter in filters)
        {
            if (filter.Accepts(document)) continue;
            if (failed is not null && failed != filter.Field) return (false, null);
            failed = filter.Field;
        }
        return (failed is null, failed);
    }
}
