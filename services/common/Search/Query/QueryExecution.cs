namespace Ecosystem.Search;

/// <summary>Answers one query on one snapshot: match each clause, weigh it, filter, count, rank, and dress the hits of the page.</summary>
internal sealed class QueryExecution(SearchSchema schema, FacetNumbers[] facetNumbers, Snapshot snapshot, SearchQuery query, PageToken? after)
{
    private readonly ClauseMatcher _matcher = new(schema, snapshot, query);
    private readonly List<QueryClause> _clauses = [];
    private readonly List<double> _weights = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _corrections = new(StringComparer.Ordinal);
    private double _attainable;

    /// <summary>Whether the last word may be the beginning of one.</summary>
    internal bool CompleteLastWord { get; init; }

    internal SearchResult Run()
    {
        List<QueryClause> asked = new QueryParser(schema, query).Parse();
        int last = CompleteLastWord ? asked.FindLastIndex(clause => clause.IsWord) : -1;
        return Run([.. asked.Select((clause, index) => Corrected(WithCompounds(index == last ? new Completion(snapshot, _matcher).Expand(clause) : clause)))]);
    }

    /// <summary>Answers with clauses that are made already.</summary>
    internal SearchResult Run(IReadOnlyCollection<QueryClause> clauses)
    {
        _clauses.AddRange(clauses);
        bool scoring = _clauses.Exists(clause => clause.Occurrence != Occurrence.Excluded);
        SegmentMatches[] segments = Array.ConvertAll(snapshot.Segments, view => new SegmentMatches(view, scoring));
        try
        {
            MatchClauses(segments);
            return Collect(segments, everything: _clauses.Count == 0 && query.Filters.Count == 0);
        }
        finally
        {
            foreach (SegmentMatches segment in segments) segment.Dispose();
        }
    }

    private QueryClause Corrected(QueryClause clause)
    {
        if (!query.TolerateTypos || clause.Occurrence == Occurrence.Excluded || !clause.IsWord) return clause;
        if (clause.Readings.Any(reading => _matcher.Occurs(reading.Terms[0]))) return clause;
        QueryClause corrected = new Typos(snapshot, _matcher).Corrected(clause);
        if (corrected != clause) _corrections[clause.Source] = [.. corrected.Readings.Select(reading => reading.Terms[0])];
        return corrected;
    }

    private QueryClause WithCompounds(QueryClause clause)
    {
        bool german = (query.Language is { } language ? [language] : schema.Languages).Any(tag => TextAnalyzer.For(tag) == TextAnalyzer.German);
        return german && query.ExpandCompounds && clause.IsWord && clause.Occurrence != Occurrence.Excluded
            ? new Compounds(snapshot, _matcher).Expand(clause)
            : clause;
    }

    /// <summary>Scores add up over all clauses first; only then is taken out what lacks a required word or has an excluded one.</summary>
    private void MatchClauses(SegmentMatches[] segments)
    {
        var conditions = new List<(QueryClause Clause, ClauseMatches[] Matches)>();
        foreach (QueryClause clause in _clauses)
        {
            ClauseMatches[] matches = _matcher.Match(clause);
            long documents = RarityBasis(matches);
            double weight = clause.Weight * InverseDocumentFrequency(documents);
            _weights.Add(weight);
            if (clause.Occurrence != Occurrence.Excluded)
            {
                if (documents > 0) _attainable += weight;
                for (int index = 0; index < segments.Length; index++) segments[index].Add(matches[index], weight, schema.TermSaturation);
            }
            if (clause.Occurrence != Occurrence.Optional) conditions.Add((clause, matches));
            else Release(matches);
        }
        foreach ((QueryClause clause, ClauseMatches[] matches) in conditions)
        {
            for (int index = 0; index < segments.Length; index++)
            {
                if (clause.Occurrence == Occurrence.Required) segments[index].Require(matches[index]);
                else segments[index].Exclude(matches[index]);
            }
            Release(matches);
        }
    }

    private static void Release(ClauseMatches[] matches)
    {
        foreach (ClauseMatches segment in matches) segment.Dispose();
    }

    /// <summary>Guesses must not make a word look common: where what was written occurs, only its own documents count.</summary>
    private static long RarityBasis(ClauseMatches[] matches)
    {
        long exact = matches.Sum(segment => (long)segment.Exact);
        return exact > 0 ? exact : matches.Sum(segment => (long)segment.Count);
    }

    /// <summary>The form of Robertson and Spärck Jones with 1 added, which stays above zero for words that most documents have.</summary>
    private double InverseDocumentFrequency(long documents) => Math.Log(1 + ((snapshot.Count - documents + 0.5) / (documents + 0.5)));

    private SearchResult Collect(SegmentMatches[] segments, bool everything)
    {
        var facets = new FacetCounter(schema, facetNumbers, query);
        var ranking = new Ranking(snapshot, query.PageSize, after);
        long total = 0;
        for (int index = 0; index < segments.Length; index++)
        {
            segments[index].Filter(schema, query);
            total += segments[index].Accepted.Population;
            facets.Count(segments[index], everything);
            segments[index].RankInto(ranking, index);
        }
        RankedDocument[] page = ranking.BestFirst();
        IReadOnlyList<SearchHit> hits = new HitDresser(schema, snapshot, query, _matcher, _clauses, _weights).Dress(page);
        string? next = ranking.HasMore && hits.Count > 0 ? new PageToken(snapshot.Generation, hits[^1].Score, hits[^1].Id).Write(query) : null;
        return new SearchResult(hits, total, facets.Result(), next, _attainable, _corrections);
    }
}
