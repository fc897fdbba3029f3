using System.Globalization;

namespace Ecosystem.Search;

/// <summary>Reads words, "phrases" and -exclusions. Every text is a query; what carries no meaning is left out.</summary>
internal sealed class QueryParser(SearchSchema schema, SearchQuery query)
{
    /// <summary>What follows so many distinct words (in a pasted document) adds cost, not meaning, and is not read.</summary>
    internal const int MostClauses = 512;

    /// <summary>How many places apart two words may stand, with stop words or another word between them, and still belong together.</summary>
    private const int Neighbourhood = 3;

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
                if (clauses.TryGetValue(key, out QueryClause? same)) clauses[key] = same with { Weight = same.Weight + clause.Weight };
                else clauses.Add(key, clause);
                if (clauses.Count == MostClauses) return [.. clauses.Values];
            }
        }
        return [.. clauses.Values];
    }

    /// <summary>Cuts a query into quoted phrases, excluded words and the runs of plain words between them.</summary>
    private static IEnumerable<(string Text, bool Quoted, bool Excluded)> Parts(string text)
    {
        int plain = 0;
        for (int at = 0; at < text.Length; at++)
        {
            bool excluded = ExcludesAt(text, at);
            int begin = excluded ? at + 1 : at;
            int closing = text[begin] == '"' ? text.IndexOf('"', begin + 1) : -1;
            if (!excluded && closing < 0) continue;
            if (at > plain) yield return (text[plain..at], false, false);
            int end = closing >= 0 ? closing : EndOfWord(text, begin);
            yield return (closing >= 0 ? text[(begin + 1)..end] : text[begin..end], closing >= 0, excluded);
            plain = closing >= 0 ? end + 1 : end;
            at = plain - 1;
        }
        if (plain < text.Length) yield return (text[plain..], false, false);
    }

    /// <summary>A hyphen excludes at the beginning of a word, not within one.</summary>
    private static bool ExcludesAt(string text, int at) =>
        text[at] == '-' && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]) && (at == 0 || char.IsWhiteSpace(text[at - 1]));

    private static int EndOfWord(string text, int begin)
    {
        int end = begin + 1;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] != '"') end++;
        return end;
    }

    private IEnumerable<QueryClause> Words(string text, bool excluded)
    {
        Occurrence occurrence = excluded ? Occurrence.Excluded : query.Words == WordMatch.All ? Occurrence.Required : Occurrence.Optional;
        (string Word, string[] Terms, int Position)? before = null;
        int position = 0;
        foreach (WordSpan span in WordBreaker.Words(text))
        {
            string word = text.Substring(span.Start, span.Length);
            position++;
            if (_analyzers.Any(analyzer => analyzer.IsStopWord(word))) continue;
            string[] terms = Array.ConvertAll(_analyzers, analyzer => analyzer.TermOf(word));
            if (Array.TrueForAll(terms, term => term.Length == 0)) continue;
            IEnumerable<Reading> readings = Meaningful(terms).Distinct(StringComparer.Ordinal).Select(term => Reading.Word(term));
            yield return new QueryClause(word, occurrence, [.. readings], Weight: 1);
            if (!excluded && query.Nearness > 0 && before is { } previous && position - previous.Position <= Neighbourhood)
            {
                yield return new QueryClause($"{previous.Word} {word}", Occurrence.Optional, Pairs(previous.Terms, terms), query.Nearness);
            }
            before = (word, terms, position);
        }
    }

    private static IEnumerable<string> Meaningful(string[] terms) => terms.Where(term => term.Length > 0);

    private static Reading[] Pairs(string[] first, string[] second) =>
    [
        .. first.Zip(second).Where(pair => pair.First.Length > 0 && pair.Second.Length > 0).Distinct()
            .Select(pair => Reading.Near(pair.First, pair.Second, Neighbourhood)),
    ];

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
        if (readings.Count > 0) yield return new QueryClause(text, excluded ? Occurrence.Excluded : Occurrence.Required, readings, Weight: 1);
    }
}
