using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.V1;
using Kind = Ecosystem.Matching.V1.PolicyVerdict.Types.Kind;

namespace Ecosystem.Matching.Proposals;

/// <summary>
/// What would make a pair better, and by how much: what the terms want, what the candidate leaves open, what the asked item asks for and the
/// candidate does not mention, what the asked item does not state.
/// </summary>
internal static class Improvements
{
    private const int MostWords = 3;

    public static IEnumerable<Improvement> Of(Item asked, Item candidate, TextQuery query, IReadOnlyList<WordMeeting> met, SignalWeights weights, PolicyVerdict? policy)
    {
        if (policy is { Kind: Kind.Conflict or Kind.Unknown }) yield return new Improvement { Field = "policy", Sentence = policy.Sentence.Clone() };
        foreach (Improvement open in LeftOpenBy(candidate, weights)) yield return open;
        if (NotMentioned(candidate, query, met, weights.Text) is { } words) yield return words;
        if (NotStatedBy(asked) is { } silent) yield return silent;
    }

    private static IEnumerable<Improvement> LeftOpenBy(Item candidate, SignalWeights weights)
    {
        string german = Kinds.Capital(Kinds.Name(candidate.Kind).German);
        string english = Kinds.Capital(Kinds.Name(candidate.Kind).English);
        if (weights.Themes > 0 && candidate.Themes.Count == 0)
        {
            yield return Improvement(
                "themes", weights.Themes, $"{german} nennt keine Themen. Fragen Sie danach: Stimmen sie überein, passt das Paar besser.",
                $"{english} states no themes. Ask for them: where they agree, the pair fits better.");
        }
        if (weights.Modalities > 0 && candidate.Modalities.Count == 0)
        {
            yield return Improvement(
                "modalities", weights.Modalities, $"{german} nennt keine Art von Daten. Fragen Sie danach: Stimmt sie überein, passt das Paar besser.",
                $"{english} states no kinds of data. Ask for them: where they agree, the pair fits better.");
        }
    }

    /// <summary>The weightiest words that are asked for and that other candidates have.</summary>
    private static Improvement? NotMentioned(Item candidate, TextQuery query, IReadOnlyList<WordMeeting> met, double weight)
    {
        HashSet<string> mentioned = [.. met.Select(meeting => meeting.Asked)];
        SoughtWord[] missing = [.. query.ByWeight.Where(word => !mentioned.Contains(word.Asked.Word)).Take(MostWords)];
        if (missing.Length == 0) return null;
        (string German, string English) words = Labels.Quote(missing.Select(word => (word.Asked.Word, word.Asked.Word)));
        (string German, string English) name = Kinds.Name(candidate.Kind);
        return Improvement(
            "words", weight * missing.Sum(word => word.Weight) / query.Attainable,
            $"{Kinds.Capital(name.German)} nennt {words.German} nicht. Fragen Sie, ob es trotzdem passt; stünde es in der Beschreibung, passte das Paar besser.",
            $"{Kinds.Capital(name.English)} does not mention {words.English}. Ask whether it fits all the same; if the description said so, the pair would fit better.");
    }

    private static Improvement? NotStatedBy(Item asked)
    {
        string german = Kinds.Capital(Kinds.Name(asked.Kind).German);
        string english = Kinds.Capital(Kinds.Name(asked.Kind).English);
        return (asked.Kind, Kinds.StatesTaxonomy(asked.Kind)) switch
        {
            (ItemKind.Question, _) when asked.Texts.All(text => text.Field != "description") => Improvement(
                "description", gain: 0, $"{german} hat keine Beschreibung. Schreiben Sie, was die Daten hergeben müssten: Die Vorschläge werden genauer.",
                $"{english} has no description. Say what the data would have to hold: proposals become more precise."),
            (_, true) when asked.Themes.Count == 0 => Improvement(
                "themes", gain: 0, $"{german} selbst nennt keine Themen. Ergänzen Sie das: Die Vorschläge werden genauer.",
                $"{english} itself states no themes. Add them: proposals become more precise."),
            (_, true) when asked.Modalities.Count == 0 => Improvement(
                "modalities", gain: 0, $"{german} selbst nennt keine Art von Daten. Ergänzen Sie das: Die Vorschläge werden genauer.",
                $"{english} itself states no kinds of data. Add them: proposals become more precise."),
            _ => null,
        };
    }

    private static Improvement Improvement(string field, double gain, string german, string english) =>
        new() { Field = field, Gain = gain, Sentence = Labels.Text(german, english) };
}
