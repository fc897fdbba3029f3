using System.Globalization;

namespace Ecosystem.Search;

/// <summary>Reads words, "phrases" and -exclusions. Every text is a query; what carries no meaning is left out.</summary>
internal sealed class QueryParser(SearchSchema schema, SearchQuery query)
{
    /// <summary>What follows so many distinct words (in a pasted document) adds cost, not meaning, and is not read.</summary>
    internal const int MostClauses = 512;

    private readonly TextAnalyzer[] _analyzers = query.Language is { } language
        ? [TextAnalyzer.For(language), TextAnalyzer.Neutral]
        : [.. schema.Languages.Select(TextAnalyzer.For), TextAnalyzer.Neutral];

    internal List<QueryClause> Parse()
    {
        var clauses = new Dictionary<string, QueryClause>(StringComparer.Ordinal);
        foreach ((string text, bool quoted, bool excluded) in query.Operators ? Parts(query.Text) : [(query.Text, false, false)])
        {
            foreach (QueryClause clause in quoted ? Phrase(text, excluded) : Words(text, excluded))
            {
                Reading first = clause.Readings[0];
                string key = string.Create(CultureInfo.InvariantCulture, $"{clause.Occurrence} {string.Join(' ', first.Terms)}");
                if (clauses.TryGetValue(key, out QueryClause? same)) clauses[key] = same with { Times = same.Times + 1 };
                else clauses.Add(key, clause);
                if (clauses.Count == MostClauses) return [.. clauses.Values];
            }
        }
        return [.. clauses.Values];
    }

    private static IEnumerable<(string Text, bool Quoted, bool Excluded)> Parts(string text)
    {
        int at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            bool excluded = text[at] == '-' && at + 1 < text.Length && (at == 0 || char.IsWhiteSpace(text[at - 1])) && !char.IsWhiteSpace(text[at + 1]);
            int begin = excluded ? at + 1 : at;
            int closing = text[begin] == '"' ? text.IndexOf('"', begin + 1) : -1;
            if (closing > 0)
            {
                yield return (text[(begin + 1)..closing], true, excluded);
                at = closing + 1;
                continue;
            }
            int end = begin + 1;
            while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] != '"') end++;
            yield return (text[begin..end], false, excluded);
            at = end;
        }
    }

    private IEnumerable<QueryClause> Words(string text, bool excluded)
    {
        Occurrence occurrence = excluded ? Occurrence.Excluded : query.Words == WordMatch.All ? Occurrence.Required : Occurrence.Optional;
        foreach (WordSpan span in WordBreaker.Words(text))
        {
            string word = text.Substring(span.Start, span.Length);
            if (_analyzers.Any(analyzer => analyzer.IsStopWord(word))) continue;
            string[] terms = [.. _analyzers.Select(analyzer => analyzer.TermOf(word)).Where(term => term.Length > 0).Distinct(StringComparer.Ordinal)];
            if (terms.Length > 0) yield return new QueryClause(word, occurrence, [.. terms.Select(term => Reading.Word(term))], Times: 1);
        }
    }

    private IEnumerable<QueryClause> Phrase(string text, bool excluded)
    {
        var readings = new List<Reading>();
        foreach (TextAnalyzer analyzer in _analyzers)
        {
            TextToken[] tokens = [.. analyzer.Analyze(text)];
            if (tokens.Length == 0) continue;
            var reading = new Reading([.. tokens.Select(token => token.Term)], [.. tokens.Select(token => token.Position - tokens[0].Position)], Weight: 1);
            bool known = readings.Exists(other => other.Terms.SequenceEqual(reading.Terms) && other.Offsets.SequenceEqual(reading.Offsets));
            if (!known) readings.Add(reading);
        }
        if (readings.Count > 0) yield return new QueryClause(text, excluded ? Occurrence.Excluded : Occurrence.Required, readings, Times: 1);
    }
}
