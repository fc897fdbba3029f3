namespace Ecosystem.Search.Tests.Index;

/// <summary>The same search without an index: every document is read for every query. Slow, short, and easy to believe.</summary>
internal sealed class BruteForce(SearchSchema schema)
{
    private readonly SortedDictionary<string, SearchDocument> _documents = new(StringComparer.Ordinal);

    private readonly Dictionary<(string Id, string Field), List<string>> _tokens = [];

    internal void Put(SearchDocument document)
    {
        _documents[document.Id] = document;
        foreach (TextFieldOptions field in schema.TextFields) _tokens.Remove((document.Id, field.Name));
    }

    internal void Remove(string id) => _documents.Remove(id);

    internal List<(string Id, double Score)> Rank(IReadOnlyList<string> words, bool all, IReadOnlyList<SearchFilter> filters) =>
    [
        .. _documents.Values
            .Where(document => words.Count == 0 || (all ? words.All(word => Frequency(document, word) > 0) : words.Any(word => Frequency(document, word) > 0)))
            .Where(document => filters.All(filter => Accepts(document, filter)))
            .Select(document => (document.Id, Score: words.Sum(word => Score(document, word))))
            .OrderByDescending(hit => Math.Round(hit.Score, 9)).ThenBy(hit => hit.Id, StringComparer.Ordinal),
    ];

    internal Dictionary<string, long> Count(IEnumerable<string> ids, string facet) => ids
        .SelectMany(id => Values(_documents[id], facet)).GroupBy(value => value, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.LongCount(), StringComparer.Ordinal);

    private static IEnumerable<string> Values(SearchDocument document, string field) =>
        document.Fields.OfType<SearchField.KeywordValue>().Where(value => value.Name == field).Select(value => value.Value).Distinct(StringComparer.Ordinal);

    private static bool Accepts(SearchDocument document, SearchFilter filter) => filter switch
    {
        SearchFilter.Values values => Values(document, filter.Field).Any(values.Of.Contains) == values.Accepts,
        SearchFilter.Prefixes prefixes => Values(document, filter.Field).Any(value => prefixes.Of.Any(prefix => value.StartsWith(prefix, StringComparison.Ordinal))),
        SearchFilter.Interval wanted => document.Fields.OfType<SearchField.RangeValue>()
            .LastOrDefault(range => range.Name == filter.Field) is { } range && range.From <= wanted.To && range.To >= wanted.From,
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    private double Score(SearchDocument document, string word)
    {
        double frequency = Frequency(document, word);
        double containing = _documents.Values.Count(other => Frequency(other, word) > 0);
        double rarity = Math.Log(1 + ((_documents.Count - containing + 0.5) / (containing + 0.5)));
        return rarity * frequency / (schema.TermSaturation + frequency);
    }

    private double Frequency(SearchDocument document, string word) => schema.TextFields.Sum(field =>
    {
        double average = _documents.Values.Select(other => Tokens(other, field.Name).Count).Where(length => length > 0).DefaultIfEmpty(1).Average();
        List<string> tokens = Tokens(document, field.Name);
        string[] readings = [.. schema.Languages.Append("").Select(language => TextAnalyzer.For(language).TermOf(word))];
        double occurrences = tokens.Count(term => readings.Contains(term, StringComparer.Ordinal));
        return field.Boost * occurrences / (1 - field.LengthNormalization + (field.LengthNormalization * tokens.Count / average));
    });

    private List<string> Tokens(SearchDocument document, string field)
    {
        if (!_tokens.TryGetValue((document.Id, field), out List<string>? terms))
        {
            terms = [.. document.Fields.OfType<SearchField.TextValue>().Where(value => value.Name == field)
                .SelectMany(value => TextAnalyzer.For(value.Language).Analyze(value.Value).Select(token => token.Term))];
            _tokens.Add((document.Id, field), terms);
        }
        return terms;
    }
}
