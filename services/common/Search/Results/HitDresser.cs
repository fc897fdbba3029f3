namespace Ecosystem.Search;

/// <summary>Adds to the documents of a page what a person wants to see: passages and reasons.</summary>
internal sealed class HitDresser(
    SearchSchema schema, Snapshot snapshot, SearchQuery query, ClauseMatcher matcher, IReadOnlyList<QueryClause> clauses, IReadOnlyList<double> weights)
{
    internal IReadOnlyList<SearchHit> Dress(RankedDocument[] page)
    {
        var reasons = query.Explain ? Explain(page) : null;
        HashSet<string> terms = clauses.Where(clause => clause.Occurrence != Occurrence.Excluded)
            .SelectMany(clause => clause.Readings).SelectMany(reading => reading.Terms).ToHashSet(StringComparer.Ordinal);
        var snippets = new SnippetBuilder(schema, terms, query.SnippetLength);
        return Array.ConvertAll(page, ranked => new SearchHit(
            ranked.Id,
            ranked.Score,
            query.SnippetLength > 0 && terms.Count > 0 ? snippets.Build(snapshot.Segments[ranked.SegmentIndex].Segment.Document(ranked.Document)) : [],
            reasons?[(ranked.SegmentIndex, ranked.Document)] ?? []));
    }

    private Dictionary<(int Segment, int Document), IReadOnlyList<MatchReason>> Explain(RankedDocument[] page)
    {
        var all = page.ToDictionary(ranked => (ranked.SegmentIndex, ranked.Document), _ => new List<MatchReason>());
        for (int index = 0; index < clauses.Count; index++)
        {
            if (clauses[index].Occurrence != Occurrence.Excluded) Explain(clauses[index], weights[index], all);
        }
        return all.ToDictionary(
            entry => entry.Key,
            entry => (IReadOnlyList<MatchReason>)
                [.. entry.Value.OrderByDescending(reason => reason.Weight).ThenBy(reason => reason.Word, StringComparer.Ordinal)]);
    }

    private void Explain(QueryClause clause, double weight, Dictionary<(int Segment, int Document), List<MatchReason>> page)
    {
        var byField = new Dictionary<(int Segment, int Document), double[]>();
        foreach (int segment in page.Keys.Select(key => key.Segment).Distinct())
        {
            for (int number = 0; number < schema.TextFields.Count; number++)
            {
                int field = number;
                if (matcher.BoostOf(field) <= 0) continue;
                foreach (Reading reading in clause.Readings) Occurrences.Of(snapshot.Segments[segment], field, reading, (document, frequency) =>
                {
                    if (!page.ContainsKey((segment, document))) return;
                    if (!byField.TryGetValue((segment, document), out double[]? parts))
                        byField.Add((segment, document), parts = new double[schema.TextFields.Count]);
                    parts[field] += matcher.Weigh(snapshot.Segments[segment], field, document, frequency, reading.Weight);
                });
            }
        }
        foreach (((int Segment, int Document) key, double[] parts) in byField)
        {
            double perFrequency = weight / (schema.TermSaturation + parts.Sum());
            for (int field = 0; field < parts.Length; field++)
            {
                if (parts[field] > 0) page[key].Add(new MatchReason(clause.Source, schema.TextFields[field].Name, parts[field] * perFrequency));
            }
        }
    }
}
