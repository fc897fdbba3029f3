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
        return Array.ConvertAll(page, ranked =>
        {
            Segment segment = snapshot.Segments[ranked.Segment].Segment;
            return new SearchHit(
                segment.Ids.TextOf(ranked.Document),
                ranked.Score,
                query.SnippetLength > 0 && terms.Count > 0 ? snippets.Build(segment.Texts.Of(ranked.Document)) : [],
                reasons?[ranked] ?? []);
        });
    }

    private Dictionary<RankedDocument, IReadOnlyList<MatchReason>> Explain(RankedDocument[] page)
    {
        var all = page.ToDictionary(ranked => ranked, _ => new List<MatchReason>());
        foreach (IGrouping<int, RankedDocument> segment in page.GroupBy(ranked => ranked.Segment))
        {
            RankedDocument[] ascending = [.. segment.OrderBy(ranked => ranked.Document)];
            for (int index = 0; index < clauses.Count; index++)
            {
                if (clauses[index].Occurrence != Occurrence.Excluded) Explain(segment.Key, ascending, clauses[index], weights[index], all);
            }
        }
        return all.ToDictionary(
            entry => entry.Key,
            entry => (IReadOnlyList<MatchReason>)
                [.. entry.Value.OrderByDescending(reason => reason.Weight).ThenBy(reason => reason.Word, StringComparer.Ordinal)]);
    }

    /// <summary>The parts of a clause in the documents of a page, which lie in one segment: long lists are skipped through, not read.</summary>
    private void Explain(int segment, RankedDocument[] ascending, QueryClause clause, double weight, Dictionary<RankedDocument, List<MatchReason>> all)
    {
        double[][] parts = [.. ascending.Select(_ => new double[matcher.Fields])];
        FieldWeights fieldWeights = matcher.WeightsIn(segment);
        TermIndex terms = snapshot.Segments[segment].Segment.Terms;
        int[] documents = Array.ConvertAll(ascending, ranked => ranked.Document);
        foreach (Reading reading in clause.Readings)
        {
            int[] numbers = [.. reading.Terms.Select(terms.Find)];
            if (Array.Exists(numbers, number => number < 0)) continue;
            if (reading.IsPhrase)
            {
                Adjacent.Within(terms, reading, numbers, matcher.Fields, documents, (place, field, frequency) =>
                    parts[place][field] += reading.Weight * frequency * fieldWeights.Of(field, documents[place]));
                continue;
            }
            PostingReader reader = terms.Read(numbers[0]);
            for (int place = 0; place < documents.Length && reader.AdvanceTo(documents[place]); place++)
            {
                if (reader.Document != documents[place]) continue;
                double[] fields = parts[place];
                int document = documents[place];
                reader.ForEachField((field, frequency) => fields[field] += reading.Weight * frequency * fieldWeights.Of(field, document));
            }
        }
        for (int place = 0; place < ascending.Length; place++)
        {
            double perFrequency = weight / (schema.TermSaturation + parts[place].Sum());
            for (int field = 0; field < parts[place].Length; field++)
            {
                if (parts[place][field] > 0) all[ascending[place]].Add(new MatchReason(clause.Source, schema.TextFields[field].Name, parts[place][field] * perFrequency));
            }
        }
    }
}
