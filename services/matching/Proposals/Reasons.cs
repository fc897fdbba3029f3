using Ecosystem.Matching.Profiles;
using Ecosystem.Matching.V1;

namespace Ecosystem.Matching.Proposals;

/// <summary>Why a pair fits, field by field, in words; the weights add up to the score.</summary>
internal static class Reasons
{
    private const int MostWords = 6;

    public static IEnumerable<MatchReason> Of(Item asked, Candidate candidate, IReadOnlyList<WordMeeting> met, SignalWeights weights, Acceptance acceptance)
    {
        Item item = candidate.Item;
        var reasons = new List<MatchReason>(OfText(item, met, weights.Text * candidate.Text));
        string[] themes = [.. asked.Themes.Intersect(item.Themes, StringComparer.Ordinal)];
        if (themes.Length > 0)
        {
            (string German, string English) names = Labels.Quote(themes.Select(Labels.OfTheme));
            reasons.Add(Reason("themes", weights.Themes * themes.Length / asked.Themes.Count, $"Gemeinsame Themen: {names.German}.", $"Common themes: {names.English}."));
        }
        string[] modalities = [.. asked.Modalities.Intersect(item.Modalities, StringComparer.Ordinal)];
        if (modalities.Length > 0)
        {
            (string German, string English) names = Labels.Quote(modalities.Select(Labels.OfModality));
            reasons.Add(Reason(
                "modalities", weights.Modalities * modalities.Length / asked.Modalities.Count,
                $"Beide arbeiten mit derselben Art von Daten: {names.German}.", $"Both work with the same kind of data: {names.English}."));
        }
        if (weights.Areas > 0 && AreaKeys.Served(asked.Areas, item.Areas) is > 0 and var served) reasons.Add(OfAreas(asked, item, weights.Areas * served));
        if (acceptance.Weight > 0)
        {
            foreach (MatchReason reason in reasons) reason.Weight *= 1 - acceptance.Weight;
            reasons.Add(OfAcceptance(acceptance, item.Organisation.Id));
        }
        return reasons.OrderByDescending(reason => reason.Weight).ThenBy(reason => reason.Field, StringComparer.Ordinal);
    }

    private static IEnumerable<MatchReason> OfText(Item item, IReadOnlyList<WordMeeting> met, double weight)
    {
        double all = met.Sum(meeting => meeting.Share);
        foreach (IGrouping<string, WordMeeting> field in met.GroupBy(FieldOf, StringComparer.Ordinal))
        {
            WordMeeting[] best =
            [
                .. field.OrderByDescending(meeting => meeting.Share).ThenBy(meeting => meeting.Word, StringComparer.Ordinal)
                    .DistinctBy(meeting => meeting.Word, StringComparer.OrdinalIgnoreCase).Take(MostWords),
            ];
            (string German, string English) sentence = field.Key switch
            {
                "spelling" => Pairs(item.Kind, best, ("fast wie gesucht", "almost as asked for"), ("für", "for")),
                "context" => Pairs(item.Kind, best, ("was anderswo im selben Zusammenhang steht", "which stands in the same context elsewhere"), ("wie", "as")),
                _ => Mentions(PlaceOf(field.Key, item.Kind), best),
            };
            yield return Reason(field.Key, weight * field.Sum(meeting => meeting.Share) / all, sentence.German, sentence.English);
        }
    }

    private static string FieldOf(WordMeeting meeting) => meeting.How switch { Nearness.Spelling => "spelling", Nearness.Context => "context", _ => meeting.Field };

    private static (string German, string English) Mentions((string German, string English) place, WordMeeting[] met)
    {
        (string German, string English) words = Labels.Quote(met.Select(meeting => (meeting.Word, meeting.Word)));
        return ($"{place.German} nennt {words.German}.", $"{place.English} mentions {words.English}.");
    }

    /// <summary>"Insulin" for "Diabetes": what is mentioned, and what was asked for.</summary>
    private static (string German, string English) Pairs(ItemKind kind, WordMeeting[] met, (string German, string English) why, (string German, string English) link)
    {
        (string German, string English) name = Kinds.Name(kind);
        return (
            $"{Kinds.Capital(name.German)} nennt {string.Join(", ", met.Select(one => $"„{one.Word}“ ({link.German} „{one.Asked}“)"))}, {why.German}.",
            $"{Kinds.Capital(name.English)} mentions {string.Join(", ", met.Select(one => $"'{one.Word}' ({link.English} '{one.Asked}')"))}, {why.English}.");
    }

    private static MatchReason OfAreas(Item asked, Item item, double weight)
    {
        (string German, string English) name = Kinds.Name(item.Kind);
        if (item.Areas.Count == 0) return Reason("areas", weight, $"{Kinds.Capital(name.German)} ist an keinen Ort gebunden.", $"{Kinds.Capital(name.English)} is bound to no place.");
        (string German, string English) names = Labels.Quote(asked.Areas.Where(area => AreaKeys.IsServed(area, item.Areas)).Select(Labels.OfArea));
        return Reason("areas", weight, $"Beide gehören zum selben Gebiet: {names.German}.", $"Both belong to the same area: {names.English}.");
    }

    private static MatchReason OfAcceptance(Acceptance acceptance, string organisation)
    {
        (string german, string english) = (acceptance.Of(organisation) - acceptance.Mean) switch
        {
            > 0.02 => ("häufiger als im Mittel", "more often than on average"),
            < -0.02 => ("seltener als im Mittel", "less often than on average"),
            _ => ("etwa so oft wie im Mittel oder noch gar nicht", "about as often as on average, or not yet"),
        };
        return Reason(
            "acceptance", acceptance.Weight * acceptance.Of(organisation),
            $"Vorschläge mit dieser Organisation wurden bisher {german} angenommen.", $"Proposals with this organisation have been accepted {english} so far.");
    }

    private static (string German, string English) PlaceOf(string field, ItemKind kind)
    {
        (string German, string English) of = Kinds.Of(kind);
        return field switch
        {
            "title" => ($"Der Titel {of.German}", $"The {of.English} title"),
            "methods" => ("Die Liste der Methoden", "The list of methods"),
            "keywords" => ("Die Liste der Schlagwörter", "The list of keywords"),
            "target_groups" => ("Die Liste der Zielgruppen", "The list of target groups"),
            _ => ($"Die Beschreibung {of.German}", $"The {of.English} description"),
        };
    }

    private static MatchReason Reason(string field, double weight, string german, string english) =>
        new() { Field = field, Weight = weight, Sentence = Labels.Text(german, english) };
}
