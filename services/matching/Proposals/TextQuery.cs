using Ecosystem.Matching.Profiles;

namespace Ecosystem.Matching.Proposals;

/// <summary>A word as it is looked for among the candidates of one kind: under which terms, and what a candidate earns that has it.</summary>
internal sealed record SoughtWord(AskedWord Asked, double Weight, IReadOnlyList<SoughtTerm> Terms);

/// <summary>A term under which a word is looked for; the share counts against 1 for the word itself.</summary>
internal readonly record struct SoughtTerm(string Term, double Share, Nearness How);

/// <summary>A word that met: where in the candidate, and its part of all that could be met.</summary>
internal readonly record struct WordMeeting(string Asked, string Word, string Field, double Share, Nearness How);

/// <summary>
/// What an item asks for in words, weighed against the candidates of one kind: rare words count more (the form of Robertson and Spärck Jones with
/// 1 added), further occurrences of a word less and less (BM25F). The best that can be met is 1.
/// </summary>
internal sealed class TextQuery
{
    /// <summary>BM25's k1.</summary>
    public const double Saturation = 1.2;

    private const double CompoundShare = 0.3;
    private const int MostMisspelt = 20;

    /// <summary>Who writes more than this says it in other words too; a word that merely looks alike does harm there.</summary>
    private const int MostToMend = 60;

    private const int MostSpellings = 3;
    private const int MostInContext = 24;

    private TextQuery(IReadOnlyList<SoughtWord> words)
    {
        Words = words;
        ByWeight = [.. words.OrderByDescending(word => word.Weight).ThenBy(word => word.Asked.Word, StringComparer.Ordinal)];
        Attainable = words.Sum(word => word.Weight);
    }

    /// <summary>The words that some candidate has.</summary>
    public IReadOnlyList<SoughtWord> Words { get; }

    /// <summary>As <see cref="Words"/>, the weightiest first.</summary>
    public IReadOnlyList<SoughtWord> ByWeight { get; }

    public double Attainable { get; }

    public static TextQuery Of(IReadOnlyList<AskedWord> asked, ItemIndex.Reading candidates, NearWords near)
    {
        ILookup<string, ContextTerm> inContext = InContext(asked, candidates, near);
        int lookedUp = asked.Count > MostToMend ? MostMisspelt : 0;
        var words = new List<SoughtWord>(asked.Count);
        foreach (AskedWord word in asked)
        {
            var terms = new List<SoughtTerm>();
            int having = 0;
            foreach (string term in word.Terms)
            {
                if (candidates.WithTerm(term) is not { } postings) continue;
                terms.Add(new SoughtTerm(term, 1, Nearness.Same));
                having += postings.Count;
            }
            foreach (string compound in word.German ? candidates.CompoundsOf(word.Terms[0]) : [])
            {
                if (terms.Exists(known => known.Term == compound)) continue;
                if (having == 0) having += candidates.WithTerm(compound)!.Count;
                terms.Add(new SoughtTerm(compound, CompoundShare, Nearness.Compound));
            }
            if (near.Spelling > 0 && terms.Count == 0 && lookedUp++ < MostMisspelt)
            {
                foreach ((string term, double similarity) in candidates.SpelledLike(word.Terms[0], MostSpellings))
                {
                    having += candidates.WithTerm(term)!.Count;
                    terms.Add(new SoughtTerm(term, near.Spelling * similarity, Nearness.Spelling));
                }
            }
            bool onlyNear = having == 0;
            foreach (ContextTerm close in inContext.Count == 0 ? [] : word.Terms.SelectMany(term => inContext[term]))
            {
                if (terms.Exists(known => known.Term == close.Term) || candidates.WithTerm(close.Term) is not { } postings) continue;
                if (onlyNear) having += postings.Count;
                terms.Add(new SoughtTerm(close.Term, near.Context * close.Closeness, Nearness.Context));
            }
            if (terms.Count == 0) continue;
            words.Add(new SoughtWord(word, word.Weight * Rarity(having, candidates.Count) * (onlyNear ? near.Context : 1), terms));
        }
        return new TextQuery(words);
    }

    /// <summary>By asked term, what stands in its company. What is asked for everywhere has no company of its own.</summary>
    private static ILookup<string, ContextTerm> InContext(IReadOnlyList<AskedWord> asked, ItemIndex.Reading candidates, NearWords near)
    {
        IReadOnlyList<ContextTerm> close = near.Context <= 0 ? [] : candidates.InContextOf(
            [.. asked.SelectMany(word => word.Terms.Select(term => (term, Weight: word.Weight * Squared(Rarity(candidates.WithTerm(term)?.Count ?? 0, candidates.Count)))))],
            MostInContext);
        return close.ToLookup(one => one.Of, StringComparer.Ordinal);

        static double Squared(double value) => value * value;
    }

    private static double Rarity(int having, int all) => Math.Log(1 + ((Math.Max(0, all - having) + 0.5) / (having + 0.5)));

    /// <summary>What met in the words of one candidate, word by word and field by field.</summary>
    public IReadOnlyList<WordMeeting> MeetingsIn(IReadOnlyList<FoundWord> words)
    {
        var met = new List<WordMeeting>();
        ILookup<string, FoundWord> found = words.ToLookup(word => word.Term, StringComparer.Ordinal);
        foreach (SoughtWord word in Words)
        {
            var parts = word.Terms.SelectMany(term => found[term.Term].Select(one => (one.Word, one.Field, term.How, Weight: one.Weight * term.Share))).ToList();
            if (parts.Count == 0) continue;
            double perWeight = word.Weight / (Saturation + parts.Sum(part => part.Weight)) / Attainable;
            met.AddRange(parts.GroupBy(part => (part.Field, part.How)).Select(place =>
                new WordMeeting(word.Asked.Word, place.First().Word, place.Key.Field, place.Sum(part => part.Weight) * perWeight, place.Key.How)));
        }
        return met;
    }
}
