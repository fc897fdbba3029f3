using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.V1;
using Kind = Ecosystem.Matching.V1.PolicyVerdict.Types.Kind;

namespace Ecosystem.Matching.Proposals;

/// <summary>What would make a pair better, and by how much: what the candidate leaves open, what the asked item does not state, what the terms want.</summary>
internal static class Improvements
{
    public static IEnumerable<Improvement> Of(Item asked, Item candidate, SignalWeights weights, PolicyVerdict? policy)
    {
        if (policy is { Kind: Kind.Conflict or Kind.Unknown })
        {
            yield return new Improvement { Field = "policy", Sentence = policy.Sentence.Clone() };
        }
        (string German, string English) name = Kinds.Name(candidate.Kind);
        foreach ((string field, double weight, bool silent, string german, string english) in (IEnumerable<(string, double, bool, string, string)>)
            [
                ("themes", weights.Themes, candidate.Themes.Count == 0, "Themen", "themes"),
                ("modalities", weights.Modalities, candidate.Modalities.Count == 0, "Art von Daten", "kinds of data"),
            ])
        {
            if (weight <= 0 || !silent) continue;
            yield return new Improvement
            {
                Field = field,
                Gain = weight,
                Sentence = Labels.Text(
                    $"{Kinds.Capital(name.German)} nennt keine {german}. Fragen Sie danach: Stimmen sie überein, passt das Paar besser.",
                    $"{Kinds.Capital(name.English)} states no {english}. Ask for them: where they agree, the pair fits better."),
            };
        }
        if (asked.Themes.Count > 0 && asked.Modalities.Count > 0) yield break;
        (string German, string English) own = Kinds.Name(asked.Kind);
        yield return new Improvement
        {
            Field = asked.Themes.Count == 0 ? "themes" : "modalities",
            Sentence = Labels.Text(
                $"{Kinds.Capital(own.German)} selbst nennt keine {(asked.Themes.Count == 0 ? "Themen" : "Art von Daten")}. Ergänzen Sie das: Die Vorschläge werden genauer.",
                $"{Kinds.Capital(own.English)} itself states no {(asked.Themes.Count == 0 ? "themes" : "kinds of data")}. Add them: proposals become more precise."),
        };
    }
}
