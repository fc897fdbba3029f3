using Ecosystem.Matching.Profiles;

namespace Ecosystem.Matching.Proposals;

/// <summary>A word as it is looked for among the candidates of one kind: under which terms, and what a candidate earns that has it.</summary>
internal sealed record SoughtWord(AskedWord Asked, double Weight, IReadOnlyList<(string Term, double Share)> Terms);

/// <summary>A word that met: where in the candidate, and its part of all that could be met.</summary>
internal readonly record struct WordMeeting(string Asked, string Word, string Field, double Share);

/// <summary>
/// What an item asks for in words, weighed against the candidates of one kind: rare words count more (the form of Robertson and Spärck Jones with
/// 1 added), further occurrences of a word less and less (BM25F). The best that can be met is 1.
/// </summary>
internal sealed class TextQuery
{
    /// <summary>BM25's k1.</summary>
    public const double Saturation = 1.2;

    private const double CompoundShare = 0.3;

    private TextQuery(IReadOnlyList<SoughtWord> words)
    {
        Words = words;
        Attainable = words.Sum(word => word.Weight);
    }

    /// <summary>The words that some candidate has.</summary>
    public IReadOnlyList<SoughtWord> Words { get; }

    public double Attainable { get; }

    public static TextQuery Of(IReadOnlyList<AskedWord> asked, ItemIndex.Reading candidates)
    {
        var words = new List<SoughtWord>(asked.Count);
        foreach (AskedWord word in asked)
        {
            var terms = new List<(string Term, double Share)>();
            int having = 0;
            foreach (string term in word.Terms)
            {
                if (candidates.WithTerm(term) is not { } postings) continue;
                terms.Add((term, 1));
                having += postings.Count;
            }
            foreach (string compound in word.German ? candidates.CompoundsOf(word.Terms[0]) : [])
            {
                if (terms.Exists(known => known.Term == compound)) continue;
                if (having == 0) having += candidates.WithTerm(compound)!.Count;
                terms.Add((compound, CompoundShare));
            }
            if (terms.Count == 0) continue;
            double rarity = Math.Log(1 + ((Math.Max(0, candidates.Count - having) + 0.5) / (having + 0.5)));
            words.Add(new SoughtWord(word, word.Weight * rarity, terms));
        }
        return new TextQuery(words);
    }

    /// <summary>What met in one candidate, word by word and field by field.</summary>
    public IReadOnlyList<WordMeeting> MeetingsIn(Item candidate)
    {
        var met = new List<WordMeeting>();
        ILookup<string, FoundWord> found = Profiles.Words.FoundBy(candidate).ToLookup(word => word.Term, StringComparer.Ordinal);
        foreach (SoughtWord word in Words)
        {
            var parts = word.Terms.SelectMany(term => found[term.Term].Select(one => (one.Word, one.Field, Weight: one.Weight * term.Share))).ToList();
            if (parts.Count == 0) continue;
            double perWeight = word.Weight / (Saturation + parts.Sum(part => part.Weight)) / Attainable;
            met.AddRange(parts.GroupBy(part => part.Field, StringComparer.Ordinal).Select(field =>
                new WordMeeting(word.Asked.Word, field.First().Word, field.Key, field.Sum(part => part.Weight) * perWeight)));
        }
        return met;
    }
}
