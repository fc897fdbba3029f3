namespace Ecosystem.Search;

/// <summary>Cuts from each matching field the passage that shows the most different words, and marks them.</summary>
internal sealed class SnippetBuilder(SearchSchema schema, HashSet<string> terms, int length)
{
    internal IReadOnlyList<Snippet> Build(IEnumerable<(int Field, string? Language, string Text)> values)
    {
        var best = new SortedDictionary<int, (int Different, Snippet Snippet)>();
        foreach ((int field, string? language, string text) in values)
        {
            TextToken[] matches = [.. TextAnalyzer.For(language).Analyze(text).Where(token => terms.Contains(token.Term))];
            if (matches.Length == 0) continue;
            (int from, int to, int different) = DensestWindow(matches);
            if (!best.TryGetValue(field, out (int Different, Snippet Snippet) known) || different > known.Different)
            {
                best[field] = (different, Cut(field, text, matches, from, to));
            }
        }
        return [.. best.Values.Select(entry => entry.Snippet)];
    }

    /// <summary>The stretch of matches, no longer than a snippet, with the most different words; the earliest of equals.</summary>
    private (int From, int To, int Different) DensestWindow(TextToken[] matches)
    {
        (int From, int To, int Different) best = (0, 0, 0);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int first = 0; first < matches.Length; first++)
        {
            seen.Clear();
            int from = matches[first].Start;
            int to = from;
            for (int index = first; index < matches.Length; index++)
            {
                int end = matches[index].Start + matches[index].Length;
                if (index > first && end - from > length) break;
                seen.Add(matches[index].Term);
                to = end;
            }
            if (seen.Count > best.Different) best = (from, to, seen.Count);
        }
        return best;
    }

    private Snippet Cut(int field, string text, TextToken[] matches, int from, int to)
    {
        int spare = Math.Max(0, length - (to - from));
        int begin = WordBoundary.Before(text, Math.Max(0, from - (spare / 3)), from);
        int end = WordBoundary.After(text, Math.Min(text.Length, begin + Math.Max(length, to - begin)), to);

        var parts = new List<SnippetPart>();
        if (begin > 0) parts.Add(new SnippetPart("… ", IsMatch: false));
        int at = begin;
        foreach (TextToken match in matches)
        {
            if (match.Start < begin || match.Start + match.Length > end) continue;
            if (match.Start > at) parts.Add(new SnippetPart(text[at..match.Start], IsMatch: false));
            parts.Add(new SnippetPart(text.Substring(match.Start, match.Length), IsMatch: true));
            at = match.Start + match.Length;
        }
        if (end > at) parts.Add(new SnippetPart(text[at..end], IsMatch: false));
        if (end < text.Length) parts.Add(new SnippetPart(" …", IsMatch: false));
        return new Snippet(schema.TextFields[field].Name, parts);
    }
}

/// <summary>Moves a cut to where a word ends, so that no word is torn.</summary>
internal static class WordBoundary
{
    internal static int Before(string text, int from, int limit)
    {
        if (from == 0) return 0;
        for (int index = from; index < limit; index++)
        {
            if (char.IsWhiteSpace(text[index])) return index + 1;
        }
        return limit;
    }

    internal static int After(string text, int from, int limit)
    {
        if (from >= text.Length) return text.Length;
        for (int index = from; index > limit; index--)
        {
            if (char.IsWhiteSpace(text[index])) return index;
        }
        return limit;
    }
}
